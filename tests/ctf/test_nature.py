"""Files of other kinds, in other encodings, and files that would do harm."""

import io
from collections.abc import Iterator

import pytest
from tests.ctf.samples import phonics

from hornbook.ctf.nature import encoding_of, what_it_is
from hornbook.ctf.read import FilePupil, Limits, Reading, open_ctf

SOUND = phonics()
BEGINNING = b"<CTfile><Header/><CTFpupilData>"


def read(
    content: bytes, limits: Limits | None = None
) -> tuple[Reading, list[FilePupil]]:
    reading = open_ctf(io.BytesIO(content), limits=limits)
    return reading, list(reading.pupils())


def declared(encoding: str, codec: str, text: str = "") -> bytes:
    text = text or SOUND.decode()
    return text.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(codec)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04....xl/workbook.xml", "Excel workbook"),
        (b"PK\x03\x04....word/document.xml", "Word document"),
        (b"PK\x03\x04....9262155_CTF_926LLLL_001.xml", "zip archive"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1", "rich text"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", "web page"),
        (b"UPN\tSurname", "list in text"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<head><title>Sign in", "web page"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x07\x91,\x02\xfe\t\n", "a kind that Hornbook does not know"),
        (bytes(range(200, 256)), "a kind that Hornbook does not know"),
        ("Lieber Jürgen, ...".encode("cp1252"), "list in text"),
    ],
)
def test_a_file_is_called_what_it_is(content: bytes, words: str) -> None:
    assert words in (what_it_is(content) or "")


@pytest.mark.parametrize("content", [SOUND, "\ufeff<a/>".encode("utf-16")])
def test_what_may_be_xml_is_not_called_anything_else(content: bytes) -> None:
    assert what_it_is(content) is None


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("UTF-16", "utf-8"),
        ("ISO-8859-1", "utf-8"),
        ("ISO-8859-1", "utf-8-sig"),
        ("UTF-8", "utf-16"),
        ("US-ASCII", "utf-8"),
        ("base64", "utf-8"),
        ("idna", "utf-8"),
        ("unicode_escape", "utf-8"),
    ],
)
def test_a_file_that_says_the_wrong_encoding_is_noted_and_read_right(
    encoding: str, codec: str
) -> None:
    reading, pupils = read(declared(encoding, codec))

    assert [fault.code for fault in reading.faults] == ["F07"]
    assert pupils[0].record.forename == "Zoë"


def test_curly_marks_in_a_file_that_says_iso_8859_1_are_read_as_windows_writes() -> (
    None
):
    text = SOUND.decode().replace("O'Brien", "O\u2019Brien")

    reading, pupils = read(
        declared("ISO-8859-1", "cp1252", text.replace("UTF-8", "ISO-8859-1"))
    )

    assert [fault.code for fault in reading.faults] == ["F07"]
    assert pupils[0].record.surname == "O\u2019Brien"
    place = reading.faults[0].place
    assert place is not None
    assert place.line > 10


def test_bytes_that_windows_1252_has_no_letter_for_are_noted() -> None:
    content = declared("windows-1252", "cp1252").replace(b"Zo\xeb", b"Zo\x81")

    reading, pupils = read(content)

    assert [fault.code for fault in reading.faults] == ["F07"]
    assert pupils[0].record.forename == "Zo?"
    place = pupils[1].place("Forename")
    assert place is not None
    assert content[place.start : place.end] == b"Zo\x81"


@pytest.mark.parametrize(
    ("encoding", "codec"), [("ISO-8859-1", "latin-1"), ("windows-1252", "cp1252")]
)
def test_places_are_bytes_of_the_file_in_one_byte_encodings(
    encoding: str, codec: str
) -> None:
    content = declared(encoding, codec)

    _, pupils = read(content)

    place = pupils[1].place("Forename")
    assert place is not None
    assert content[place.start : place.end] == b"Zo\xeb"


def test_the_first_wrong_byte_has_its_line() -> None:
    content = SOUND.replace("Zoë".encode(), b"Zo\xeb", 1)

    reading, _ = read(content)

    place = reading.faults[0].place
    assert place is not None
    line = content.splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith(b"\xeb</Forename>")


def test_a_mark_of_another_byte_order_is_seen() -> None:
    assert encoding_of("\ufeff<a/>".encode("utf-16-be")).codec == "utf-16"
    assert encoding_of(b"<\x00a\x00").codec == "utf-16-le"
    assert encoding_of(b"\x00<\x00a").codec == "utf-16-be"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SOUND.replace(b"<Sex>", b"<Sex>&nbsp;", 1), "&amp;"),
        (SOUND.replace(b"</Sex>", b"</Sax>", 1), "an end tag is not that of"),
        (SOUND.replace(b"O'Brien", b"O & Brien", 1), "an & or <"),
        (SOUND + SOUND, "something follows the end"),
        (SOUND + b"<more/>", "something follows the end"),
        (SOUND.replace(b"<Sex>", b"<Sex a='1' a='2'>", 1), "a rule of XML is broken"),
        (SOUND[:-3], "cut short"),
    ],
)
def test_how_xml_breaks_is_said_in_words(content: bytes, words: str) -> None:
    reading, _ = read(content)

    assert [fault.code for fault in reading.faults] == ["F01"]
    assert words in reading.faults[0].words


def test_a_cut_file_names_the_last_complete_pupil() -> None:
    cut = phonics(3)[:-120]
    none = SOUND[: SOUND.index(b"<DOB>") + 4]

    assert "number 2, Zoë O'Brien." in read(cut)[0].faults[0].words
    assert "No pupil before it is complete." in read(none)[0].faults[0].words


def test_the_pupils_before_a_break_are_read_and_no_others() -> None:
    good = phonics(30)
    at = good.rindex(b"<Pupil>")

    reading, pupils = read(good[:at] + good[at:].replace(b"O'Brien", b"<O'Brien"))

    assert not reading.whole
    assert len(pupils) == 29


class Endless:
    """A file that goes on and on."""

    def __init__(self, beginning: bytes, again: bytes) -> None:
        self._parts = self._go_on(beginning, again * (100_000 // len(again)))

    def _go_on(self, beginning: bytes, again: bytes) -> Iterator[bytes]:
        yield beginning
        while True:
            yield again

    def read(self, size: int = -1) -> bytes:
        return next(self._parts)


@pytest.mark.parametrize(
    ("beginning", "again"),
    [
        (BEGINNING + b"<!--", b"x"),
        (BEGINNING, b" "),
        (BEGINNING, b"<a>"),
        (BEGINNING + b"<Pupil>", b"<a>"),
        (BEGINNING + b"<Pupil>", b"<a/>"),
        (BEGINNING + b"<Pupil><UPN>", b"x"),
        (BEGINNING + b"<Pupil a='", b"x"),
        (BEGINNING + b"<Pupil/><Pupil><![CDATA[", b"x"),
        (BEGINNING + b"<Pupil/>", b"<Pupil></Pupil>"),
        (b"<CTfile><Header><LEA>", b"9"),
    ],
)
def test_a_file_without_end_is_ended(beginning: bytes, again: bytes) -> None:
    limits = Limits(bytes_of_a_pupil=300_000, pupils=5_000)
    reading = open_ctf(Endless(beginning, again), limits=limits)  # type: ignore[arg-type]

    pupils = sum(1 for _ in reading.pupils())

    assert [fault.code for fault in reading.faults] == ["F13"]
    assert pupils <= 5_000
    assert reading.size < 2_000_000
