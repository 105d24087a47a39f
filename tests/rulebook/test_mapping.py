"""The mapping file, as the page of codes writes it."""

from pathlib import Path

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination
from hornbook.rulebook.load import LEFT_OUT, rulebook, with_mapping
from hornbook.rulebook.mapping import MAPPING_FILE, decided, held, meanings, write

MARK = Combination("KS2", "MAT", "TT", "MAT", "QQ")
RAW = Combination("KS2", "MAT", "TT", "MAT", "RS")
SCORE = Combination("KS2", "MAT", "TT", "MAT", "NS")


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert meanings(held(tmp_path / MAPPING_FILE)) == {}


def test_what_is_decided_is_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "folder" / MAPPING_FILE
    decisions = {
        MARK: "ks2-tests.maths-mark",
        RAW: "ks2-tests.maths-mark",
        SCORE: LEFT_OUT,
    }

    write(path, decided(held(path), decisions))

    assert meanings(held(path)) == decisions
    book = with_mapping(rulebook(AcademicYear(2026)), path)
    assert book.left_out == {SCORE}
    assert book.item("ks2-tests.maths-mark").exported("104")
    assert [one.name for one in path.parent.iterdir()] == [MAPPING_FILE]


def test_a_decision_can_be_changed_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / MAPPING_FILE
    write(path, decided(held(path), {MARK: LEFT_OUT, SCORE: "ks2-tests.maths-score"}))

    write(path, decided(held(path), {MARK: "ks2-tests.maths-mark", SCORE: ""}))

    assert meanings(held(path)) == {MARK: "ks2-tests.maths-mark"}


def test_what_was_written_by_hand_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / MAPPING_FILE
    path.write_text(
        '[ks1.maths-test-mark]\ncarries = "mark"\nstage = "KS1"\nsubject = "MAT"\n'
        'method = "TT"\ncomponent = "M\\"T"\nqualifier = "NM"\n'
    )
    before = held(path)

    decisions = {
        MARK: LEFT_OUT,
        Combination("KS1", "MAT", "TT", 'M"T', "NM"): "ks1.maths-test-mark",
    }
    write(path, decided(before, decisions))

    assert held(path).items == before.items
    assert held(path).left_out == {MARK}
