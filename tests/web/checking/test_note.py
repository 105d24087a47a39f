"""The note to whoever made a file names no child."""

import io
from datetime import UTC, datetime

from tests.inspection.files import NAME, ctf, pupil, second

from hornbook.findings import rule
from hornbook.inspection.check import check_stream
from hornbook.inspection.report import FileReport
from hornbook.web.checking.note import note, note_with_upns

NOW = datetime(2026, 11, 24, tzinfo=UTC)
UPN = "A801200005001"


def report(content: bytes, name: str = NAME) -> FileReport:
    return check_stream(io.BytesIO(content), name, now=NOW)


# Two pupils with one UPN, of whom the message names the other; a wrong letter; marks.
BAD = ctf(
    [
        pupil("41", surname="Quill", forename="Zebedee"),
        pupil("xx", surname="Oddly", forename="Wilhelmina"),
        second("20", upn=UPN, dob="2019-13-03", surname="Nightjar"),
    ]
)


def test_it_says_what_is_wrong_where_and_what_to_do() -> None:
    said = note(report(BAD))

    assert f"We checked the file {NAME} (made by TestMIS, CTF 25.0" in said
    assert rule("R02").title in " ".join(said.split())
    assert "line 21" in said
    assert "What to do:" in said
    assert "DfE 1520" in said


def test_it_names_no_child_and_no_upn_or_date_of_birth() -> None:
    said = note(report(BAD))

    for personal in (
        "Quill", "Zebedee", "Oddly", "Wilhelmina", "Nightjar", "2019-13-03", "2020-02",
        UPN, "B801200005001",
    ):  # fmt: skip
        assert personal not in said


def test_upns_are_in_it_where_a_person_wants_them() -> None:
    said = note_with_upns(report(BAD))

    assert f"({UPN})" in said
    assert "Nightjar" not in said


def test_a_name_that_is_not_the_dfes_is_left_out_as_it_may_name_a_child() -> None:
    said = note(report(BAD, "Zebedee Quill.xml"))

    assert "Zebedee" not in said
    assert "We checked a file" in said


def test_of_many_places_the_first_are_named() -> None:
    said = note(report(ctf([pupil("41") for _ in range(15)])))

    assert "and 3 more" in said


def test_what_is_about_the_whole_file_has_no_line() -> None:
    said = note(report(ctf([pupil("34")]), "phonics.xml"))

    assert "the whole file" in said


def test_no_line_of_it_is_long() -> None:
    assert max(map(len, note(report(BAD)).splitlines())) <= 78
