"""The paths of elements, met once and remembered: the reader's only bookkeeping."""

from typing import Final

from hornbook.ctf.elements import known

# The parts of a result, in the order of the specification.
PARTS: Final = (
    "Locale",
    "Year",
    "Subject",
    "Method",
    "Component",
    "ResultStatus",
    "ResultQualifier",
    "Result",
    "ResultDate",
)
PUPIL: Final = ("CTfile", "CTFpupilData", "Pupil")
_CONTAINERS: Final = (("CTfile", "Header"), PUPIL)
RESULT: Final = (*PUPIL, "StageAssessments", "KeyStage", "StageAssessment")
KEY_STAGE: Final = (*PUPIL, "StageAssessments", "KeyStage")
STAGE: Final = (*KEY_STAGE, "Stage")
# Each begins a group of leaves that belong together.
_GROUPS: Final = {
    "Languages/Type",
    "FSMhistory",
    "FSMhistory/FSMinstance",
    "SENhistory/SEN",
    "SchoolHistory/School",
}
# Below these nothing is kept, not even while a pupil is looked at.
_READ_PAST: Final = (
    "Contacts",
    "Phones",
    "Email",
    "Attendance",
    "Address",
    "BasicDetails/MedicalFlag",
    "BasicDetails/Disabilities",
    "SENhistory/SENneeds",
)
_KEPT_OF_THEM: Final = "Address/PostCode"
# Personal details that Hornbook reads past, and what to call them.
_LEFT_OUT: Final = {
    "Contact": "contacts",
    "Phone": "telephone numbers",
    "Email": "e-mail addresses",
    "Address": "addresses",
    "YearData": "attendance records",
    "MedicalFlag": "medical notes",
    "Disability": "medical notes",
}


class Node:
    """One path from the root; the same object every time it is met."""

    __slots__ = (
        "inside",
        "kept",
        "kids",
        "left_out",
        "name",
        "opens",
        "parts",
        "path",
        "role",
        "unknown",
    )

    def __init__(self, parts: tuple[str, ...]) -> None:
        self.parts = parts
        self.name = parts[-1] if parts else ""
        self.kids = Kids(self)
        # Below Pupil, such as BasicDetails/NCyearActual.
        self.path = "/".join(parts[3:]) if parts[:3] == PUPIL else ""
        self.role = _role(parts)
        self.opens = self.path.removeprefix("BasicDetails/") in _GROUPS
        self.left_out = _LEFT_OUT.get(self.name) if self.path else None
        self.unknown = _unknown(parts)
        self.kept = _kept(self.path)
        # The number of the part of a result, or -1.
        self.inside = (
            PARTS.index(self.name)
            if parts[:-1] == RESULT and self.name in PARTS
            else -1
        )


class Kids(dict[str, Node]):
    """The nodes below one, by tag; a prefix of a namespace is put aside."""

    def __init__(self, parent: Node) -> None:
        super().__init__()
        self._parent = parent

    def __missing__(self, tag: str) -> Node:
        name = tag.rpartition(":")[2]
        node = self[tag] = (
            Node((*self._parent.parts, name)) if name == tag else self[name]
        )
        return node


def _kept(path: str) -> bool:
    """Whether what stands at a path below Pupil may be looked at."""
    if not path or path == _KEPT_OF_THEM:
        return bool(path)
    past = f"{path}/".startswith(tuple(f"{each}/" for each in _READ_PAST))
    return not past and known(f"Pupil/{path}")


def _unknown(parts: tuple[str, ...]) -> str:
    """The path of an element that is in no specification; blank where it is known.

    Only the topmost is named: what is inside it is part of it.
    """
    if parts[:1] != ("CTfile",):
        return ""
    path = "/".join(parts[2:] if parts[1:2] == ("CTFpupilData",) else parts[1:])
    above = path.rpartition("/")[0]
    if not path or parts in _CONTAINERS or known(path):
        return ""
    return path if not above or above in {"Header", "Pupil"} or known(above) else ""


_ROLES: Final = {
    PUPIL[:-1]: "pupils",
    PUPIL: "pupil",
    KEY_STAGE: "key stage",
    STAGE: "stage",
    RESULT: "result",
}


def _role(parts: tuple[str, ...]) -> str:
    """What a node is to the reader."""
    if parts in _ROLES:
        return _ROLES[parts]
    if parts[:2] == ("CTfile", "Header"):
        return "header"
    if len(parts) == len(PUPIL) + 1 and parts[:3] == PUPIL:
        return "element"
    return ""
