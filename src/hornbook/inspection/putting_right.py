"""Files put right and saved beside each other; nothing that is there is overwritten."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from hornbook.checks.cases import Expected
from hornbook.identifiers import AcademicYear
from hornbook.inspection.check import Asked, refused
from hornbook.inspection.repair import (
    Chosen,
    Made,
    Offered,
    offered_for,
    repaired_for,
)
from hornbook.inspection.report import FileReport
from hornbook.inspection.sources import DAMAGED, Source, sources

_IN_MEMORY: Final = 32 << 20
_CHUNK: Final = 1 << 20
Choose = Callable[[Offered], Chosen]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one file.

    written is where the repaired file was saved, None where it was not; problem says
    why in words. report is the check of the file as repaired.
    """

    name: str
    report: FileReport
    made: tuple[Made, ...] = ()
    written: Path | None = None
    problem: str = ""

    def as_json(self) -> dict[str, object]:
        """As the report for machines lays it down."""
        return {
            "name": self.name,
            "written": None if self.written is None else str(self.written),
            "problem": self.problem or None,
            "repairs": [
                {"code": one.code, "count": one.count, "safe": one.safe}
                for one in self.made
            ],
            "errors": self.report.errors,
            "queries": self.report.queries,
            "findings": [finding.as_json() for finding in self.report.findings],
            "not_checked": list(self.report.not_checked),
        }


def repair_path(
    path: Path,
    folder: Path | None,
    choose: Choose,
    *,
    to: str | None = None,
    year: AcademicYear | None = None,
    expected: Expected | None = None,
    mapping: Path | None = None,
) -> Iterator[Saved]:
    """Repair a file, each file inside a zip, or each file in a folder.

    choose is shown what can be put right, file by file. The repaired files are saved in
    the folder, by default one named "repaired" beside the path.
    """
    asked = Asked(to, year, datetime.now(UTC), mapping, expected)
    where = folder or path.resolve().parent / "repaired"
    for source in list(sources(path)):
        if source.refused:
            yield Saved(source.name, refused(source.name, source.refused))
            continue
        try:
            with source.open() as stream, _seekable(source, stream) as ready:
                yield _repaired(ready, source.name, where, choose, asked)
        except DAMAGED:
            why = "It cannot be unpacked from the zip."
            yield Saved(source.name, refused(source.name, why))


@contextmanager
def _seekable(source: Source, stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The bytes as a file that can be read again: those in a zip are copied out."""
    if source.entry is None:
        yield stream
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as ready:
        shutil.copyfileobj(stream, ready, _CHUNK)
        ready.seek(0)
        yield cast("IO[bytes]", ready)


def _repaired(
    stream: IO[bytes],
    name: str,
    folder: Path,
    choose: Choose,
    asked: Asked,
) -> Saved:
    """One file put right and saved."""
    offered = offered_for(stream, name, asked)
    if offered.report.stopped:
        return Saved(name, offered.report)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as out:
        repaired = repaired_for(stream, name, out, choose(offered), asked)
        out.seek(0)
        written = folder / repaired.name
        problem = _save(out, written)
    return Saved(
        name,
        repaired.report,
        repaired.made,
        None if problem else written,
        problem,
    )


def _save(content: IO[bytes], path: Path) -> str:
    """Save a file that must not be there yet; why it was not, or nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            _copy(content, out, path)
    except FileExistsError:
        if path.is_file() and _same(content, path):
            return ""
        return (
            f"There is another {path.name} in {path.parent}, and nothing is "
            "overwritten. Choose another folder with --output-dir."
        )
    except OSError as fault:
        return f"{path.name} cannot be saved: {fault.strerror}."
    return ""


def _copy(content: IO[bytes], out: IO[bytes], path: Path) -> None:
    """Write all of it, or leave nothing there."""
    try:
        shutil.copyfileobj(content, out, _CHUNK)
    except BaseException:
        path.unlink()
        raise


def _same(content: IO[bytes], path: Path) -> bool:
    """Whether a file already holds just these bytes."""
    with path.open("rb") as there:
        while True:
            ours, theirs = content.read(_CHUNK), there.read(_CHUNK)
            if ours != theirs:
                return False
            if not ours:
                return True
