import io

import pytest
from tests.inspection.files import ctf, pupil, sound

from hornbook.inspection.check import check_stream
from hornbook.inspection.excerpts import Line, Where, excerpts


def around(content: bytes, line: int, column: int) -> tuple[Line, ...]:
    return excerpts(io.BytesIO(content), [(line, column)])[line, column]


def whole(line: Line) -> str:
    return line.before + line.marked + line.after


def test_two_lines_before_and_after_the_value_at_fault() -> None:
    lines = around(b"<a>\n<b>1</b>\n<c>2</c>\n<d>3</d>\n<e>4</e>\n<f/>\n</a>", 4, 4)

    assert [line.number for line in lines] == [2, 3, 4, 5, 6]
    assert lines[2] == Line(4, "<d>", "3", "</d>")
    assert lines[0] == Line(2, "<b>1</b>")


@pytest.mark.parametrize(
    ("line", "numbers"), [(1, [1, 2, 3]), (2, [1, 2, 3]), (3, [1, 2, 3])]
)
def test_at_either_end_of_a_file_there_are_fewer(line: int, numbers: list[int]) -> None:
    lines = around(b"<a>\n<b/>\n</a>", line, 1)

    assert [each.number for each in lines] == numbers


def test_a_tag_at_fault_is_marked_by_its_name() -> None:
    (line,) = around(b"<Pupil id='1'></Pupil>", 1, 1)

    assert line.marked == "<Pupil"


def test_a_place_behind_the_end_of_a_line_marks_nothing() -> None:
    (line,) = around(b"<a>", 1, 40)

    assert line == Line(1, "<a>")


def test_a_place_behind_the_end_of_the_file_has_no_lines() -> None:
    assert excerpts(io.BytesIO(b"<a/>"), [(9, 1)]) == {}


def test_without_a_place_the_file_is_not_read() -> None:
    stream = io.BytesIO(b"<a/>")

    assert excerpts(stream, []) == {}
    assert stream.tell() == 0


def test_a_long_line_is_cut_around_the_fault() -> None:
    content = b"<a>" + b"x" * 5000 + b"<b>bad</b>" + b"y" * 5000 + b"</a>"

    (line,) = around(content, 1, 5007)

    assert line.marked == "bad"
    assert line.before.startswith("…x")
    assert line.after.endswith("y…")
    assert len(whole(line)) < 200


def test_a_long_line_beside_the_fault_is_cut_at_its_end() -> None:
    lines = around(b"<a>\n" + b"x" * 500 + b"\n</a>", 1, 1)

    assert lines[1].before == "x" * 150 + "…"


def test_characters_are_read_as_the_check_reads_them() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>\n<a>Zoë</a>'

    lines = around(text.encode("utf-16"), 2, 4)

    assert lines[1].marked == "Zoë"


def test_what_cannot_be_seen_is_shown_as_a_dot() -> None:
    (line,) = around(b"<a>x\x01y</a>", 1, 4)

    assert line.marked == "x·y"


def test_nothing_is_shown_of_what_is_no_xml() -> None:
    assert excerpts(io.BytesIO(b"PK\x03\x04xl/"), [(1, 1)]) == {}


def test_lines_are_counted_across_the_pieces_a_file_is_read_in() -> None:
    content = ctf([pupil("34") for _ in range(400)] + [pupil("41")])
    report = check_stream(io.BytesIO(content), "phonics.xml")
    places: list[Where] = [
        (found.line, found.column)
        for found in report.findings
        if found.code == "R02" and found.line and found.column
    ]

    found = excerpts(io.BytesIO(content), places)

    ((place, lines),) = found.items()
    assert [line.marked for line in lines if line.number == place[0]] == ["41"]


def test_every_finding_of_one_line_has_its_own_mark() -> None:
    content = sound().replace(b"\n", b"")
    first, other = content.index(b">34<") + 2, content.index(b">20<") + 2

    found = excerpts(io.BytesIO(content), [(1, first), (1, other)])

    assert [lines[0].marked for lines in found.values()] == ["34", "20"]
