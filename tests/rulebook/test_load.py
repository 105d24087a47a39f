from pathlib import Path

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import (
    YEARS,
    RulebookError,
    collection_from,
    rulebook,
    with_mapping,
)

PHONICS = (YEARS / "2025-26" / "phonics.toml").read_text(encoding="utf-8")


def loaded(folder: Path, text: str) -> None:
    path = folder / "phonics.toml"
    path.write_text(text, encoding="utf-8")
    collection_from(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "Phonics screening', 'titel = "Phonics screening', "has no titel"),
        ('short_title = "Phonics"\n', "", "needs short_title"),
        ("statutory = true", 'statutory = "yes"', "must be true or false"),
        ("highest = 40", 'highest = "40"', "must be a whole number"),
        ("highest = 40", "highest = true", "must be a whole number"),
        ("checked_on = 2026-11-02", 'checked_on = ""', "must be a day"),
        ("expected = 31", "expected = 41", "outside the range"),
        ('nc_years = ["1", "2"]', 'nc_years = "1"', "must be a list"),
        ("[recheck]", "[[recheck]]", "must be a table"),
        ('code = "D"', 'code = "A"', "names an outcome twice"),
        ('carries = "mark"', 'carries = "word"', "nothing that a result carries"),
        ('set_by = "worked-out"', 'set_by = "parents"', "nobody who sets a code"),
        ('confidence = "official"', 'confidence = "sure"', "not a word"),
        ('component = "CHK"', 'component = ""', "five codes is blank"),
        ("highest = 40", "highest = -1", "Marks from 0 to -1 are none"),
        ('"abs"]', '"abs", "left"]', "left stands for two codes"),
        ("closes = 2026-06-12", "closes = 2026-06-02", "closes before it opens"),
        ('item = "mark"', 'item = "score"', "no score to check again"),
        ('code = "mark"', 'code = "mark"\ncollection = "ks1"', "has no collection"),
        ('code = "mark"', 'code = "mark"\nspellings = {}', "has no spellings"),
        ("[source]", "[source", "phonics.toml"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in PHONICS

    with pytest.raises(RulebookError, match=words) as refusal:
        loaded(tmp_path, PHONICS.replace(old, new, 1))

    assert "phonics.toml" in str(refusal.value)


def test_an_item_needs_marks_or_outcomes(tmp_path: Path) -> None:
    head = PHONICS[: PHONICS.index("[[items]]")]

    with pytest.raises(RulebookError, match="neither marks nor outcomes"):
        loaded(tmp_path, head + '[[items]]\ncode="x"\ntitle="X"\nshort_title="X"\n')


def test_an_item_stands_once(tmp_path: Path) -> None:
    items = PHONICS[PHONICS.index("[[items]]") :]

    with pytest.raises(RulebookError, match="phonics names an item twice"):
        loaded(tmp_path, PHONICS + items)


def test_a_missing_mapping_maps_nothing(tmp_path: Path) -> None:
    book = rulebook(AcademicYear(2026))

    assert with_mapping(book, tmp_path / "none.toml") is book


def test_a_mapping_gives_an_item_its_codes(tmp_path: Path) -> None:
    path = tmp_path / "ctf-mapping.toml"
    path.write_text(
        "[ks2-tests.reading-score]\n"
        'stage = "KS2"\nsubject = "ENG"\nmethod = "TT"\n'
        'component = "REA"\nqualifier = "NS"\n'
    )

    book = with_mapping(rulebook(AcademicYear(2026)), path)

    item = book.item("ks2-tests.reading-score")
    assert item.exported("104")
    combination = item.combination_for("104")
    assert combination is not None
    placed = book.find(combination)
    assert placed is not None
    assert placed.item.code == "reading-score"


def test_a_faulty_mapping_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "ctf-mapping.toml"
    path.write_text('[ks2-tests.reading-score]\nstage = "KS2"\n')

    with pytest.raises(RulebookError, match="needs subject"):
        with_mapping(rulebook(AcademicYear(2026)), path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[ks2-tests.spelling]\n", "ks2-tests.spelling: no year has such an item"),
        ("ks2-tests = 1\n", "ks2-tests must be a table"),
        ("[ks2-tests]\nreading-score = 1\n", "reading-score must be a table"),
        ("[ks2-tests\n", "ctf-mapping.toml"),
    ],
)
def test_a_mapping_of_nothing_known_is_refused_in_words(
    tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "ctf-mapping.toml"
    path.write_text(text)

    with pytest.raises(RulebookError, match=words):
        with_mapping(rulebook(AcademicYear(2026)), path)


def test_an_outcome_is_mapped_as_an_outcome(tmp_path: Path) -> None:
    path = tmp_path / "ctf-mapping.toml"
    path.write_text(
        "[ks2-tests.gps-outcome]\n"
        'stage = "KS2"\nsubject = "ENG"\nmethod = "TT"\n'
        'component = "GPS"\nqualifier = "NC"\n'
    )

    book = with_mapping(rulebook(AcademicYear(2022)), path)

    assert book.item("ks2-tests.gps-outcome").exported("AS")
    assert not book.item("ks2-tests.gps-mark").exported("35")


def test_codes_that_stand_for_two_items_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ctf-mapping.toml"
    path.write_text(
        "[ks2-tests.reading-score]\n"
        'stage = "KS2"\nsubject = "MAT"\nmethod = "TT"\n'
        'component = "MTC"\nqualifier = "MT"\n'
    )

    with pytest.raises(RulebookError, match="stands twice"):
        with_mapping(rulebook(AcademicYear(2026)), path)
