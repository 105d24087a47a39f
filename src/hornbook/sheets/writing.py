"""What the bytes of a file are: text in columns, a workbook, or neither, in words."""

import re
from enum import Enum
from typing import Final

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 4096
_WEB_PAGE: Final = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<table[\s>]", re.IGNORECASE
)
_SAVE_AS: Final = (
    "Open it in the program it was made with and save it as an Excel workbook or a CSV."
)


class Writing(Enum):
    """What a file is, and what is wrong where it is no spreadsheet."""

    TEXT = ""
    ZIPPED = " "
    OLD = "  "
    EMPTY = "The file is empty: it has no bytes at all."
    PDF = "This is a PDF, not a spreadsheet. Ask for the list as Excel or CSV."
    LOCKED = (
        "The workbook is locked with a password. "
        "Open it, take the password off, save it and bring it again."
    )
    CTF = "This is a Common Transfer File or other XML, not a spreadsheet."
    PAGE = (
        "This is a web page, although its name may end in .xls. "
        "Open it in Excel and save it as an Excel workbook."
    )
    WORD = "This is a Word document, not a spreadsheet. Copy its table into Excel."
    OPEN_SHEET = "   "
    OPEN_DOCUMENT = f"This is an OpenDocument file, not a spreadsheet. {_SAVE_AS}"
    BINARY_WORKBOOK = (
        "This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."
    )
    PICTURE = "This is a picture, not a spreadsheet."
    ARCHIVE = "This is a zip archive without a workbook in it. Unpack it first."
    OTHER = f"This is not a spreadsheet that Hornbook can read. {_SAVE_AS}"

    @property
    def fault(self) -> str:
        """What is wrong; nothing where the file may be a spreadsheet."""
        return self.value.strip()


_SIGNS: Final = (
    (b"%PDF", Writing.PDF),
    (b"\x89PNG", Writing.PICTURE),
    (b"\xff\xd8\xff", Writing.PICTURE),
    (b"GIF8", Writing.PICTURE),
    (b"{\\rtf", Writing.WORD),
    (b"\x1f\x8b", Writing.ARCHIVE),
)
# What an archive or an old document holds, by the name of one of its parts.
_ZIPPED: Final = (
    (b"xl/workbook.bin", Writing.BINARY_WORKBOOK),
    (b"xl/", Writing.ZIPPED),
    (b"word/", Writing.WORD),
    (b"application/vnd.oasis.opendocument.spreadsheet", Writing.OPEN_SHEET),
    (b"application/vnd.oasis.opendocument", Writing.OPEN_DOCUMENT),
)
_OLD: Final = (
    ("EncryptedPackage", Writing.LOCKED),
    ("Workbook", Writing.OLD),
    ("Book", Writing.OLD),
    ("WordDocument", Writing.WORD),
)


def what_it_is(content: bytes) -> Writing:
    """What a file is, whatever its name ends in."""
    if not content.strip(b"\x00 \t\r\n"):
        return Writing.EMPTY
    if content.startswith(_ZIP):
        found = (kind for part, kind in _ZIPPED if part in content)
        return next(found, Writing.ARCHIVE)
    if content.startswith(_OLE):
        found = (kind for part, kind in _OLD if part.encode("utf-16-le") in content)
        return next(found, Writing.OTHER)
    signed = (kind for sign, kind in _SIGNS if content.startswith(sign))
    return next(signed, None) or _text(content[:_HEAD])


def _text(head: bytes) -> Writing:
    """What is written in characters; other bytes have many that no text has."""
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"")
    if plain.startswith(b"<"):
        return Writing.PAGE if _WEB_PAGE.search(plain) else Writing.CTF
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in head[:2]
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1c" for byte in head)
    return Writing.OTHER if controls and not wide else Writing.TEXT
