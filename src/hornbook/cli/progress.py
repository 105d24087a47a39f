"""A progress bar for work that takes more than a moment, where a person looks on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import Progress

from hornbook.inspection.many import Tell, size_of
from hornbook.inspection.sources import Source

# Fewer bytes than this are looked at before a bar could be seen.
_LARGE: Final = 5_000_000


@contextmanager
def watched(sources: Sequence[Source]) -> Iterator[Tell]:
    """What to tell of the bytes that were looked at; a bar shows it in a terminal."""
    total = sum(map(size_of, sources))
    console = Console(stderr=True)
    hidden = total < _LARGE or not console.is_terminal
    with Progress(console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("Checking", total=total)
        yield lambda more: bar.advance(task, more)
