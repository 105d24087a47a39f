"""Reads a made file with plain ElementTree, knowing nothing of Hornbook."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class Read:
    """A file as an independent reader sees it."""

    header: dict[str, str]
    source: dict[str, str]
    destination: dict[str, str]
    pupils: tuple[ET.Element, ...]

    @property
    def results(self) -> set[tuple[str, ...]]:
        """UPN, the five codes, year and value of every result."""
        return {
            (
                _text(pupil, "UPN"),
                _text(stage, "Stage"),
                *(_text(one, name) for name in _RESULT),
            )
            for pupil in self.pupils
            for stage in pupil.iter("KeyStage")
            for one in stage.iter("StageAssessment")
        }


_RESULT = ("Subject", "Method", "Component", "ResultQualifier", "Year", "Result")


def read(content: bytes) -> Read:
    root = ET.fromstring(content)
    assert root.tag == "CTfile"
    header = root.find("Header")
    assert header is not None
    return Read(
        header=_children(header),
        source=_children(header.find("SourceSchool")),
        destination=_children(header.find("DestSchool")),
        pupils=tuple(root.iterfind("CTFpupilData/Pupil")),
    )


def _children(element: ET.Element | None) -> dict[str, str]:
    assert element is not None
    return {child.tag: child.text or "" for child in element}


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""
