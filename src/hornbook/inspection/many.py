"""Many files checked at once, each on a processor of its own, in the order given."""

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from hornbook.inspection.report import FileReport
from hornbook.inspection.sources import Source

# Less than this is checked before another process has started.
_WORTH_IT: Final = 4_000_000
# Is told how many bytes more have been looked at.
Tell = Callable[[int], None]
Check = Callable[[Source], FileReport]


def _nobody(_more: int) -> None:
    """Nobody looks on."""


class _Told:
    """A stream that tells how much of it is read."""

    def __init__(self, stream: IO[bytes], tell: Tell) -> None:
        self._stream = stream
        self._tell = tell
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes; what is read again is not told again."""
        chunk = self._stream.read(size)
        end = self._stream.tell()
        if end > self._read:
            self._tell(end - self._read)
            self._read = end
        return chunk

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to another place."""
        return self._stream.seek(offset, whence)

    def seekable(self) -> bool:
        """Whether that can be done."""
        return self._stream.seekable()


def size_of(source: Source) -> int:
    """How many bytes a file has."""
    if isinstance(source.held, Path) and source.entry is None:
        return source.held.stat().st_size
    return source.size


@dataclass(frozen=True, slots=True)
class _Watched(Source):
    """A file that tells how much of it has been read."""

    tell: Tell = _nobody

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes of the file."""
        with Source.open(self) as stream:
            yield cast("IO[bytes]", _Told(stream, self.tell))


def check_many(
    sources: Sequence[Source], check: Check, tell: Tell = _nobody
) -> Iterator[FileReport]:
    """Check files in the order given, on every processor where that is worth it.

    check must be one that another process can be handed.
    """
    if len(sources) > 1 and sum(map(size_of, sources)) > _WORTH_IT:
        with ProcessPoolExecutor() as pool:
            for source, report in zip(sources, pool.map(check, sources), strict=True):
                tell(size_of(source))
                yield report
        return
    for one in sources:
        yield check(
            _Watched(one.name, one.held, one.entry, one.refused, one.size, tell)
        )
