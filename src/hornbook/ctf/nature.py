"""What a file really is when it is not XML, and how its bytes spell characters."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

_SIGNS: Final = (
    (b"PK\x03\x04", "a zip archive, or an Excel or Word document"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich text document"),
)
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WINDOWS: Final = "hornbook-windows"
# Read by the parser itself, so that byte offsets are those of the file.
NATIVE: Final = {"utf-8": "UTF-8", "iso8859-1": "ISO-8859-1", "cp1252": "windows-1252"}


def what_it_is(head: bytes) -> str | None:
    """What the first bytes of a file show it to be; None where it may be XML."""
    for sign, words in _SIGNS:
        if head.startswith(sign):
            return words
    text = head.lstrip(codecs.BOM_UTF8 + b"\xff\xfe\x00 \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if not text:
        return "empty"
    if not text.startswith(b"<"):
        first = head.split(b"\n", 1)[0]
        if b"," in first or b"\t" in first:
            return "a list in text, such as a CSV file"
        return "text that is not XML, or bytes of another kind"
    return None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes are to be read, and whether the file says so rightly."""

    codec: str
    declared: str | None
    marked: bool
    known: bool


def encoding_of(head: bytes) -> Encoding:
    """From the byte order mark, else the declaration, else UTF-8."""
    found = _DECLARED.search(head)
    declared = found[1].decode("ascii") if found else None
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, declared, marked=True, known=True)
    if head.startswith((b"<\x00", b"\x00<")):
        codec = "utf-16-le" if head.startswith(b"<") else "utf-16-be"
        return Encoding(codec, declared, marked=False, known=True)
    try:
        codec = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return Encoding("utf-8", declared, marked=False, known=False)
    codec = "utf-8" if codec == "ascii" or codec.startswith("utf-16") else codec
    return Encoding(codec, declared, marked=False, known=True)


def _as_windows(fault: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows would."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    wrong = fault.object[fault.start : fault.end]
    return wrong.decode("cp1252", "replace"), fault.end


codecs.register_error(WINDOWS, _as_windows)


class Feed:
    """Turns what the parser cannot read itself into UTF-8, and notes wrong bytes."""

    def __init__(self, encoding: Encoding) -> None:
        self.wrong = not encoding.known
        self.parser_encoding = NATIVE.get(encoding.codec, "UTF-8")
        self.codec = encoding.codec if encoding.codec in NATIVE else "utf-8"
        self._plain = encoding.codec in NATIVE and encoding.codec != "utf-8"
        self._utf8 = encoding.codec == "utf-8"
        self._decoder = codecs.getincrementaldecoder(encoding.codec)("replace")
        self._held = b""

    def turned(self, chunk: bytes) -> bytes:
        """The bytes as the parser wants them; half a character waits for the rest."""
        if self._plain:
            return chunk
        if not self._utf8:
            text = self._decoder.decode(chunk)
            self.wrong = self.wrong or "\ufffd" in text
            return text.encode("utf-8")
        content = self._held + chunk
        if not self.wrong:
            try:
                _, used = codecs.utf_8_decode(content, "strict", False)
            except UnicodeDecodeError:
                self.wrong = True
            else:
                self._held = content[used:]
                return content[:used]
        text, used = codecs.utf_8_decode(content, WINDOWS, False)
        self._held = content[used:]
        return text.encode("utf-8")

    def rest(self) -> bytes:
        """What was held back at the end of the file."""
        self.wrong = self.wrong or bool(self._held)
        return self._held.decode("utf-8", WINDOWS).encode("utf-8")
