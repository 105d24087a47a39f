"""Elements of a pupil to a record: what is kept, and under which name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from hornbook.ctf.paths import PARTS
from hornbook.records import Combination, Pupil, Result

# Element path below Pupil, and the field of a record it fills.
FIELDS: Final = {
    "UPN": "upn",
    "Surname": "surname",
    "Forename": "forename",
    "DOB": "dob",
    "Sex": "sex",
    "Gender": "sex",
    "BasicDetails/FormerUPN": "former_upn",
    "BasicDetails/PreferredSurname": "preferred_surname",
    "BasicDetails/PreferredForename": "preferred_forename",
    "BasicDetails/FormerSurname": "former_surname",
    "BasicDetails/MiddleNames": "middle_names",
    "BasicDetails/NCyearActual": "nc_year",
    "BasicDetails/Ethnicity": "ethnicity",
    "BasicDetails/ServiceChild": "service_child",
    "BasicDetails/EnrolStatus": "enrol_status",
    "LookedAfter/InCare": "looked_after",
    "Address/PostCode": "postcode",
}
_YES_OR_NO: Final = ("looked_after", "service_child")
_FIRST_LANGUAGE: Final = "F"
_MOST_DISTINCT: Final = 50_000
_TRUE: Final = {"true", "t", "1", "y", "yes"}
_FALSE: Final = {"false", "f", "0", "n", "no"}


class Leaf(NamedTuple):
    """A value below Pupil, or (text None) the beginning of a group of them."""

    path: str
    text: str | None
    start: int
    end: int


class Results:
    """The results of a file: the same object each time the same is stated."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Result] = {}

    def of(self, stage: str | None, parts: tuple[str | None, ...]) -> Result:
        """The result of a stage and its parts, in the order of `PARTS`."""
        key = (stage, *parts)
        result = self._known.get(key)
        if result is None:
            if len(self._known) >= _MOST_DISTINCT:
                self._known.clear()
            result = self._known[key] = _result(stage, parts)
        return result


def _result(stage: str | None, parts: tuple[str | None, ...]) -> Result:
    stated = dict(zip(PARTS, parts, strict=True))
    codes = (stated["Subject"], stated["Method"], stated["Component"])
    combination = Combination(
        *(code or "" for code in (stage, *codes, stated["ResultQualifier"]))
    )
    return Result(
        combination,
        stated["Year"] or "",
        stated["Result"] or "",
        stated["ResultStatus"],
        stated["Locale"],
        stated["ResultDate"],
    )


class Origin(NamedTuple):
    """The day a file was made, and the numbers of the school that made it."""

    day: str
    la: str
    estab: str


def record(
    leaves: Sequence[Leaf], results: tuple[Result, ...], origin: Origin
) -> Pupil:
    """The record of a pupil.

    The first of several values stands; values that are not kept are read past.
    """
    found: dict[str, str] = {}
    for leaf in leaves:
        field = FIELDS.get(leaf.path)
        if field is not None and leaf.text is not None:
            found.setdefault(field, leaf.text)
    return pupil_of(found, leaves, results, origin)


def pupil_of(
    found: dict[str, str],
    grouped: Sequence[Leaf],
    results: tuple[Result, ...],
    origin: Origin,
) -> Pupil:
    """The record of the values found and of the leaves that stand in groups."""
    groups = _groups(grouped)
    if groups:
        found |= _languages(groups) | _meals(groups, origin.day) | _needs(groups)
        found |= _schooling(groups, (origin.la, origin.estab))
    for field in _YES_OR_NO:
        if field in found:
            found[field] = yes_or_no(found[field])
    return Pupil(**found, results=results)


def yes_or_no(text: str) -> str:
    """Y or N for the usual spellings of true and false; others as they are."""
    plain = text.strip().casefold()
    return "Y" if plain in _TRUE else "N" if plain in _FALSE else text.strip()


def _groups(leaves: Iterable[Leaf]) -> list[tuple[str, dict[str, str]]]:
    """The groups of leaves that belong together, in order."""
    groups: list[tuple[str, dict[str, str]]] = []
    for leaf in leaves:
        if leaf.text is None:
            groups.append((leaf.path, {}))
        elif groups and leaf.path.startswith(f"{groups[-1][0]}/"):
            name = leaf.path.removeprefix(f"{groups[-1][0]}/")
            groups[-1][1].setdefault(name, leaf.text)
    return groups


_Groups = Sequence[tuple[str, Mapping[str, str]]]


def _of(groups: _Groups, path: str) -> list[Mapping[str, str]]:
    return [values for name, values in groups if name == path]


def _languages(groups: _Groups) -> dict[str, str]:
    """The first language: the one marked so, or the only one."""
    types = _of(groups, "BasicDetails/Languages/Type")
    first = [one for one in types if one.get("LanguageType") == _FIRST_LANGUAGE]
    chosen = first or (types if len(types) == 1 else [])
    code = chosen[0].get("Language", "").strip() if chosen else ""
    return {"first_language": code} if code else {}


def _meals(groups: _Groups, on: str) -> dict[str, str]:
    """Free school meals: an instance that has not ended by the file's day."""
    if not _of(groups, "FSMhistory"):
        return {}
    instances = _of(groups, "FSMhistory/FSMinstance")
    now = any(_goes_on(one.get("FSMendDate", "").strip(), on) for one in instances)
    return {"fsm": "Y" if now else "N"}


def _goes_on(end: str, on: str) -> bool:
    """Whether what ends on a day, if it does, had not ended on another."""
    return not end or (bool(on) and end > on)


def _needs(groups: _Groups) -> dict[str, str]:
    """The provision that has not ended, the latest begun."""
    spells = [
        one
        for one in _of(groups, "SENhistory/SEN")
        if not one.get("EndDate", "").strip() and one.get("SENprovision", "").strip()
    ]
    if not spells:
        return {}
    latest = max(spells, key=lambda one: one.get("StartDate", ""))
    return {"sen_provision": latest["SENprovision"].strip()}


def _schooling(groups: _Groups, school: tuple[str, str]) -> dict[str, str]:
    """When the pupil came to the source school and left it."""
    here = [
        one
        for one in _of(groups, "SchoolHistory/School")
        if (one.get("LEA", "").strip(), one.get("Estab", "").strip()) == school
    ]
    if not here:
        return {}
    dates = {
        "entry_date": here[-1].get("EntryDate", ""),
        "leaving_date": here[-1].get("LeavingDate", ""),
    }
    return {field: day.strip() for field, day in dates.items() if day.strip()}
