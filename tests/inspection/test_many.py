"""Many files at once: in the order given, the same as one by one, and told of."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.inspection.files import NAME, sound

from hornbook.inspection.check import check_source
from hornbook.inspection.many import check_many, size_of
from hornbook.inspection.sources import Source, sources

PADDING = b"<!-- " + b"x" * 1_000_000 + b" -->\n"


@pytest.fixture(params=[0, 5], ids=["small", "on every processor"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> list[Source]:
    """Three files with as much in front of each as makes them small or large."""
    declaration, rest = sound().split(b"\n", 1)
    content = declaration + b"\n" + PADDING * request.param + rest
    for number in range(3):
        (tmp_path / f"{number} {NAME}").write_bytes(content)
    return list(sources(tmp_path))


def test_they_are_checked_in_the_order_given(files: list[Source]) -> None:
    reports = list(check_many(files, check_source))

    assert reports == [check_source(each) for each in files]


def test_every_byte_is_told_of_once(files: list[Source]) -> None:
    told: list[int] = []

    list(check_many(files, check_source, told.append))

    assert sum(told) == sum(map(size_of, files))


def test_what_a_computer_put_into_a_zip_by_itself_is_passed_over(
    tmp_path: Path,
) -> None:
    packed = tmp_path / "returns.zip"
    with ZipFile(packed, "w") as archive:
        archive.writestr(f"returns/{NAME}", sound())
        archive.writestr(f"__MACOSX/returns/._{NAME}", b"\0\5\x16\7")
        archive.writestr("returns/.DS_Store", b"\0\0\0\1Bud1")
    (tmp_path / f"._{NAME}").write_bytes(b"\0\5\x16\7")

    assert [each.name for each in sources(packed)] == [NAME]
    assert [each.name for each in sources(tmp_path)] == [NAME]
