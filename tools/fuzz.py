"""Files no system would write, by the million: the check and the repair must hold.

`python -m tools.fuzz 1000000` tries that many; what breaks anything is saved in
tests/corpus, which `make test` tries first of all ever after.
"""

import hashlib
import io
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from hornbook.inspection.check import Asked, check_stream
from hornbook.inspection.repair import Chosen, repaired_for
from hornbook.inspection.repairs import repairs
from tools.commands import ROOT, say

CORPUS: Final = ROOT / "tests" / "corpus"
_GOLDEN: Final = ROOT / "tests" / "golden" / "check"
_NAME: Final = "9092155_PHO_909LLLL_001.xml"
_NOW: Final = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
_UNREADABLE: Final = ("F01", "F02", "F06", "F13")
_TOKENS: Final = (
    b"<", b">", b"&", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>",
    b"&amp;", b"&#0;", b"&#x1F600;", b"&lol;", b"<!DOCTYPE a [", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\x80", b"<Pupil>", b"</Pupil>", b"<Header/>", b"<UPN>", b"'",
    b' xmlns="x"', b"41", b"-1", b"99999999999", b"2026-02-30", b"Wa", b"\r\n", b"\t",
)  # fmt: skip
Mutation = Callable[[random.Random, bytes], bytes]


def _cut(rng: random.Random, content: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end:]


def _put_in(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(_TOKENS) + content[at:]


def _flip(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]


def _double(rng: random.Random, content: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] + content[end:]


def _swap(rng: random.Random, content: bytes) -> bytes:
    """Two lines in each other's place."""
    lines = content.splitlines(keepends=True)
    one, other = (rng.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _elsewise(rng: random.Random, content: bytes) -> bytes:
    """In another encoding than it says."""
    text = content.decode("utf-8", "replace")
    return text.encode(
        rng.choice(("utf-16", "utf-16-le", "cp1252", "utf-7")), "replace"
    )


_MUTATIONS: Final[Sequence[Mutation]] = (
    _cut, _put_in, _put_in, _flip, _flip, _double, _swap, _elsewise,
)  # fmt: skip


def seeds() -> list[bytes]:
    """Every file that is kept for the tests."""
    kept = [*sorted(_GOLDEN.glob("*/*.xml")), *sorted(CORPUS.glob("*"))]
    return [path.read_bytes() for path in kept]


def mutated(rng: random.Random, found: Sequence[bytes]) -> Iterator[bytes]:
    """Files near those that were found, and now and then any bytes at all."""
    while True:
        if rng.random() < 0.02:
            yield rng.randbytes(rng.randrange(400))
            continue
        content = rng.choice(found)
        for _ in range(rng.randint(1, 6)):
            if content:
                content = rng.choice(_MUTATIONS)(rng, content)
        yield content


def hold(content: bytes) -> None:
    """Check and repair a file; AssertionError where they do not hold what they say."""
    report = check_stream(io.BytesIO(content), _NAME, now=_NOW)
    json.dumps(report.as_json())
    if any(report.has(code) for code in _UNREADABLE):
        return
    asked, chosen = Asked(now=_NOW), Chosen(codes=frozenset(repairs()))
    once = io.BytesIO()
    first = repaired_for(io.BytesIO(content), _NAME, once, chosen, asked)
    twice = io.BytesIO()
    repaired_for(io.BytesIO(once.getvalue()), first.name, twice, chosen, asked)
    if any(first.report.has(code) for code in _UNREADABLE):
        raise AssertionError("A repair made the file unreadable.")
    if twice.getvalue() != once.getvalue():
        raise AssertionError("A second repair changes more.")


def main(tries: int) -> int:
    """Try many files; 0 where every one held."""
    rng = random.Random(time.time_ns())  # noqa: S311 - no secret
    faults: set[str] = set()
    for number, content in enumerate(mutated(rng, seeds()), 1):
        try:
            hold(content)
        except Exception:
            where = traceback.format_exc().strip().splitlines()[-3:]
            if "\n".join(where) not in faults:
                faults.add("\n".join(where))
                _keep(content, where)
        if number % 10_000 == 0:
            say(f"{number:,} tried, {len(faults)} faults")
        if number == tries:
            break
    say(f"{tries - len(faults):,} held, {len(faults)} kinds of fault.")
    return bool(faults)


def _keep(content: bytes, where: Sequence[str]) -> None:
    CORPUS.mkdir(exist_ok=True)
    path = CORPUS / hashlib.sha256(content).hexdigest()[:16]
    path.write_bytes(content)
    say("\n".join([f"{path.name}:", *where]))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
