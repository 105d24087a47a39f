"""Results of tests under codes that are not published: what they are taken for."""

from pathlib import Path

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination, Result
from hornbook.rulebook.load import rulebook, with_mapping, years
from hornbook.rulebook.presumed import Met, codes_of_tests, met, place

BOOK = rulebook(AcademicYear(2026))


def result(codes: str, value: str) -> Result:
    return Result(Combination(*codes.split()), "2026", value)


@pytest.mark.parametrize(
    ("codes", "value", "item"),
    [
        ("KS2 ENG TT REA NM", "28", "ks2-tests.reading-mark"),
        ("KS2 ENG TT GPS NR", "70", "ks2-tests.gps-mark"),
        ("KS2 MAT TT MAT RS", "104", "ks2-tests.maths-mark"),
        ("KS2 MAT TT MAT NS", "104", "ks2-tests.maths-score"),
        ("KS2 ENG TT REA SC", "N", "ks2-tests.reading-score"),
        ("KS2 ENG TT GPS SS", "80", "ks2-tests.gps-score"),
        ("KS2 ENG TT REA SA", "120", "ks2-tests.reading-score"),
        ("KS2 ENG TT REA NC", "AS", "ks2-tests.reading-outcome"),
        ("KS2 MAT TT MAT NY", "u", "ks2-tests.maths-outcome"),
        ("KS2 MAT TT MAT QQ", "AS", "ks2-tests.maths-outcome"),
        ("KS1 MAT TT MAT NM", "41", "ks1.maths-test-mark"),
        ("KS1 ENG TT REA NS", "101", "ks1.reading-test-score"),
    ],
)
def test_the_qualifier_says_what_a_result_is(codes: str, value: str, item: str) -> None:
    placed = place(BOOK, result(codes, value))

    assert placed is not None
    assert placed.item.full_code == item
    assert not placed.confirmed


@pytest.mark.parametrize(
    ("codes", "value"),
    [
        ("KS2 MAT TT MAT QQ", "104"),  # a mark or a scaled score: nobody can tell
        ("KS2 MAT TT MAT NC", "104"),
        ("KS2 ENG TT REA NM", "51"),
        ("KS2 ENG TT REA NS", "48"),
        ("KS2 ENG TT REA NC", "high"),
        ("KS2 ENG TT SPE NM", "20"),
        ("KS2 MAT TT MTC NM", "20"),
        ("KS1 ENG TT REA NC", "A"),
        ("KS2 SCI TT SCI NM", "20"),
        ("KS2 ENG TA REA NS", "104"),
    ],
)
def test_what_does_not_tell_is_taken_for_nothing(codes: str, value: str) -> None:
    assert place(BOOK, result(codes, value)) is None


def test_codes_that_are_published_are_confirmed() -> None:
    placed = place(BOOK, result("KS2 MAT TT MTC MT", "20"))

    assert placed is not None
    assert placed.confirmed


def test_what_an_administrator_wrote_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "ctf-mapping.toml"
    path.write_text(
        "[[ks2-tests.maths-score]]\n"
        'stage = "KS2"\nsubject = "MAT"\nmethod = "TT"\n'
        'component = "MAT"\nqualifier = "NM"\n'
        "[[ks2-tests.maths-score]]\n"
        'stage = "KS2"\nsubject = "MAT"\nmethod = "TT"\n'
        'component = "MAT"\nqualifier = "QQ"\n'
        "[[left-out]]\n"
        'stage = "KS2"\nsubject = "ENG"\nmethod = "TT"\n'
        'component = "REA"\nqualifier = "NM"\n'
    )
    book = with_mapping(BOOK, path)

    for codes in ("KS2 MAT TT MAT NM", "KS2 MAT TT MAT QQ"):
        placed = place(book, result(codes, "104"))
        assert placed is not None
        assert placed.item.code == "maths-score"
        assert placed.confirmed
    assert place(book, result("KS2 ENG TT REA NM", "28")) is None


def test_codes_left_out_cannot_stand_for_an_item_too(tmp_path: Path) -> None:
    path = tmp_path / "ctf-mapping.toml"
    codes = 'stage="KS2"\nsubject="ENG"\nmethod="TT"\ncomponent="REA"\nqualifier="NM"\n'
    path.write_text(f"[ks2-tests.reading-mark]\n{codes}[[left-out]]\n{codes}")

    with pytest.raises(ValueError, match="KS2 ENG TT REA NM stands twice"):
        with_mapping(BOOK, path)


def test_nothing_that_is_only_presumed_is_written_into_a_file() -> None:
    placed = place(BOOK, result("KS2 ENG TT REA NM", "28"))

    assert placed is not None
    assert not placed.item.exported("28")


def test_every_item_that_is_named_stands_in_every_year() -> None:
    groups = {group.stage: group.collection for group in codes_of_tests().groups}

    for year in years():
        for test in codes_of_tests().tests:
            collection = rulebook(year).collections[groups[test.stage]]
            named = filter(None, (test.mark, test.score, test.outcome))
            assert all(collection.item(code) for code in named)


def test_codes_met_in_a_file_are_counted_without_repeating_what_may_be_a_name() -> None:
    found = met(
        [
            result("KS2 MAT TT MAT QQ", "Ada"),
            result("KS2 MAT TT MAT QQ", "104"),
            result("KS2 MAT TT MAT QQ", "99"),
            result("KS2 ENG TT REA NC", "AS"),
            result("KS2 ENG TT GPS ZZ", "Ada Byrne"),
            result("KS2 MAT TT MTC MT", "20"),
            Result(Combination("KS2", "ENG", "TT", "REA", "NM"), "2026", "9", "T"),
        ]
    )

    assert found == (
        Met(Combination("KS2", "MAT", "TT", "MAT", "QQ"), 3, "104"),
        Met(Combination("KS2", "ENG", "TT", "REA", "NC"), 1, "AS"),
        Met(Combination("KS2", "ENG", "TT", "GPS", "ZZ"), 1, ""),
    )
