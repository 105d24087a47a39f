"""What a file really is when it is not XML, and how its bytes spell characters."""

import codecs
import re
from dataclasses import dataclass
from typing import IO, Final, Protocol

_HEAD: Final = 4096
# How much of a file is read at a time.
CHUNK: Final = 1 << 17
_SIGNS: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (
        b"\xd0\xcf\x11\xe0",
        "an Excel or Word document of an old kind, or one locked with a password",
    ),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich text document"),
)
_ZIP: Final = b"PK\x03\x04"
# What is inside an archive that is really a document.
_ZIPPED: Final = (
    (b"xl/", "an Excel workbook (which is a zip inside)"),
    (b"word/", "a Word document (which is a zip inside)"),
)
_WEB_PAGE: Final = re.compile(
    rb"<!doctype\s+html|<html[\s>]|^<(?:head|body|meta|script)[\s>]", re.IGNORECASE
)
# Control characters that no text has.
_ASCII: Final = bytes(range(128))
_NOT_TEXT: Final = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_DECLARED: Final = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python knows codecs that spell no characters; these do.
_OF_CHARACTERS: Final = re.compile(r"utf-(?:8|16|32).*|iso8859-\d+|cp\d+|mac-\w+|ascii")
_WIDE: Final = ("utf-16", "utf-32")
_WINDOWS: Final = "cp1252"
_LATIN: Final = "iso8859-1"
# Codes that ISO-8859-1 leaves to control characters and Windows-1252 to nothing.
_CONTROLS: Final = re.compile(rb"[\x80-\x9f]")
_UNUSED: Final = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_NO_UNUSED: Final = bytes.maketrans(_UNUSED, b"?" * len(_UNUSED))
# How the parser calls what it reads itself, so that offsets are those of the file.
PARSERS: Final = {"utf-8": "UTF-8", _WINDOWS: "windows-1252"}


def read_head(stream: IO[bytes]) -> bytes:
    """Enough of the beginning to tell what the file is."""
    head = b""
    while len(head) < _HEAD and (more := next_chunk(stream)):
        head += more
    return head


def next_chunk(stream: IO[bytes]) -> bytes:
    """The next bytes; nothing at the end."""
    return stream.read(CHUNK)


def what_it_is(head: bytes) -> str | None:
    """What the first bytes of a file show it to be; None where it may be XML."""
    signed = _signed(head)
    if signed:
        return signed
    text = head.lstrip(codecs.BOM_UTF8 + b"\xff\xfe\x00 \t\r\n")
    if _WEB_PAGE.search(text[:_HEAD]):
        return "a web page, such as one that asks you to sign in"
    if text.startswith(b"<"):
        return None
    return _written(head) if text else "an empty file"


def _written(head: bytes) -> str:
    """What bytes are that neither begin like XML nor have a signature."""
    if not _is_text(head):
        return "a file of a kind that Hornbook does not know"
    first = head.split(b"\n", 1)[0]
    if b"," in first or b"\t" in first:
        return "a list in text, such as a CSV file"
    return "text that is not XML"


def _signed(head: bytes) -> str | None:
    """What the signature at the beginning stands for."""
    if head.startswith(_ZIP):
        inside = (words for sign, words in _ZIPPED if sign in head)
        return next(inside, "a zip archive, or an Excel or Word document")
    return next((words for sign, words in _SIGNS if head.startswith(sign)), None)


def _is_text(head: bytes) -> bool:
    """Whether bytes are characters: those of no text are many in anything else."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if _NOT_TEXT.search(head) or b"\0" in head:
        return False
    return _is_utf8(head) or len(head.translate(None, _ASCII)) * 2 <= len(head)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes are to be read, and whether the file says so rightly."""

    codec: str
    declared: str | None
    marked: bool
    agrees: bool


def encoding_of(head: bytes) -> Encoding:
    """From the byte order mark, else the bytes, else the declaration, else UTF-8."""
    seen = _seen(head)
    beginning = head[:_HEAD].decode(seen or "ascii", "ignore").lstrip("\ufeff")
    found = _DECLARED.match(beginning)
    declared = found[1] if found else None
    marked = any(head.startswith(mark) for mark, _ in _MARKS)
    codec = _codec(declared)
    if seen:
        agrees = declared is None or (codec or "").startswith(seen[:6])
        return Encoding(seen, declared, marked, agrees)
    if codec is None or codec.startswith(_WIDE):
        return Encoding("utf-8", declared, marked, agrees=False)
    if codec == "ascii":
        return Encoding("utf-8", declared, marked, agrees=head.isascii())
    if codec != "utf-8" and _is_utf8(head):
        return Encoding("utf-8", declared, marked, agrees=False)
    return Encoding(codec, declared, marked, agrees=True)


def _seen(head: bytes) -> str | None:
    """The codec that the first bytes show; None where they show none."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    if head.startswith((b"<\x00", b"\x00<")):
        return "utf-16-le" if head.startswith(b"<") else "utf-16-be"
    return None


def _codec(declared: str | None) -> str | None:
    """The codec of a name; None where no encoding of characters has it."""
    try:
        name = codecs.lookup(declared or "utf-8").name
    except LookupError:
        return None
    return name if _OF_CHARACTERS.fullmatch(name) else None


def _is_utf8(head: bytes) -> bool:
    """Whether bytes beyond ASCII are UTF-8: by chance they hardly ever are."""
    if head.isascii():
        return False
    try:
        codecs.utf_8_decode(head, "strict", False)
    except UnicodeDecodeError:
        return False
    return True


class Feed(Protocol):
    """Turns a file's bytes into what the parser can read.

    codec is that of the bytes turned; wrong is the offset, in those, of the first
    that is not as the file declares; used are the bytes that were turned last; lossy is
    whether some could not be turned so that they can be turned back.
    """

    codec: str
    wrong: int | None
    used: bytes
    lossy: bool

    def turned(self, chunk: bytes, *, final: bool) -> bytes:
        """The next bytes; half a character waits for its other half."""


def feed_for(encoding: Encoding) -> Feed:
    """The feed for a file in an encoding."""
    feed: Feed
    if encoding.codec == "utf-8":
        feed = _Utf8()
    elif encoding.codec in {_WINDOWS, _LATIN}:
        feed = _Windows(_UNUSED if encoding.codec == _WINDOWS else None)
    else:
        feed = _Other(encoding.codec)
    if not encoding.agrees:
        feed.wrong = 0
    return feed


def _as_windows(fault: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows would."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    wrong = fault.object[fault.start : fault.end]
    return wrong.decode(_WINDOWS, "replace"), fault.end


_LENIENT: Final = "hornbook-windows"
codecs.register_error(_LENIENT, _as_windows)


class _Utf8:
    """UTF-8 passes as it is; what is not UTF-8 is read as Windows would."""

    codec = "utf-8"
    lossy = False

    def __init__(self) -> None:
        self.wrong: int | None = None
        self.used = b""
        self._held = b""
        self._passed = 0

    def turned(self, chunk: bytes, *, final: bool) -> bytes:
        """The next bytes."""
        content = self._held + chunk
        try:
            _, used = codecs.utf_8_decode(content, "strict", final)
            turned = content[:used]
        except UnicodeDecodeError as fault:
            if self.wrong is None:
                self.wrong = self._passed + fault.start
            text, used = codecs.utf_8_decode(content, _LENIENT, final)
            turned = text.encode()
        self.used, self._held = content[:used], content[used:]
        self._passed += len(turned)
        return turned


class _Windows:
    """ISO-8859-1 and Windows-1252 are both read as the latter, which holds both."""

    codec = _WINDOWS
    lossy = False

    def __init__(self, unused: bytes | None) -> None:
        self.wrong: int | None = None
        self.used = b""
        self._passed = 0
        self._not_declared = (
            re.compile(b"[" + re.escape(unused) + b"]") if unused else _CONTROLS
        )

    def turned(self, chunk: bytes, *, final: bool) -> bytes:
        """The next bytes, with a question mark for a code that is no character."""
        if self.wrong is None:
            found = self._not_declared.search(chunk)
            self.wrong = self._passed + found.start() if found else None
        self.used = chunk
        self._passed += len(chunk)
        return chunk.translate(_NO_UNUSED)


class _Other:
    """Any other encoding is turned into UTF-8."""

    codec = "utf-8"

    def __init__(self, codec: str) -> None:
        self.wrong: int | None = None
        self.used = b""
        self.lossy = False
        self._held = b""
        self._passed = 0
        self._decoder = codecs.getincrementaldecoder(codec)("replace")

    def turned(self, chunk: bytes, *, final: bool) -> bytes:
        """The next bytes."""
        # No character of XML: left in, it would be taken for half of another encoding.
        text = self._decoder.decode(chunk, final).replace("\0", "\ufffd")
        content, waiting = self._held + chunk, self._decoder.getstate()[0]
        self.used, self._held = content[: len(content) - len(waiting)], waiting
        self.lossy = self.lossy or "\ufffd" in text
        if self.wrong is None and "\ufffd" in text:
            self.wrong = self._passed + len(text.partition("\ufffd")[0].encode())
        turned = text.encode("utf-8", "replace")
        self._passed += len(turned)
        return turned
