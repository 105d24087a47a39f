"""What differs between two records of one pupil: the fields, and each result."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final, TypeAlias

from hornbook.checks.judge import Judge
from hornbook.records import Pupil, Result

# None where it is not there at all, which is never the same as blank.
Pair: TypeAlias = tuple[str | None, str | None]
Pairs: TypeAlias = Mapping[str, Pair]

_RESULTS: Final = "results"
# The fields of a record, in the words of a school.
IN_WORDS: Final[Mapping[str, str]] = {
    "upn": "UPN",
    "surname": "surname",
    "forename": "forename",
    "dob": "date of birth",
    "sex": "sex",
    "former_upn": "former UPN",
    "middle_names": "middle names",
    "preferred_surname": "preferred surname",
    "preferred_forename": "preferred forename",
    "former_surname": "former surname",
    "nc_year": "year group",
    "ethnicity": "ethnicity",
    "first_language": "first language",
    "service_child": "service child",
    "fsm": "free school meals",
    "fsm_ever6": "free school meals in the last six years",
    "sen_provision": "SEN provision",
    "looked_after": "looked after",
    "enrol_status": "enrolment status",
    "postcode": "postcode",
    "entry_date": "date of entry",
    "leaving_date": "date of leaving",
}
FIELDS: Final = tuple(one.name for one in fields(Pupil) if one.name != _RESULTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody in one of the files is."""

    upn: str | None
    name: str
    dob: str | None
    nc_year: str | None

    def as_json(self) -> dict[str, object]:
        """As the report for machines lays it down."""
        return {
            "upn": self.upn,
            "pupil": self.name,
            "dob": self.dob,
            "nc_year": self.nc_year,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultChange:
    """One result that is not the same in both; old or new None where it is not there.

    codes are the five of the CTF. beside holds what differs besides the value: status,
    locale, date, or the codes themselves.
    """

    item: str
    item_code: str | None
    codes: str
    year: str
    old: str | None
    new: str | None
    beside: Pairs

    def as_json(self) -> dict[str, object]:
        """As the report for machines lays it down."""
        return {
            "item": self.item,
            "item_code": self.item_code,
            "codes": self.codes,
            "year": self.year,
            "old": self.old,
            "new": self.new,
            "beside": {name: list(pair) for name, pair in self.beside.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilChange:
    """A pupil of both files who is not the same in both; upn is the newer one."""

    upn: str | None
    name: str
    fields: Pairs
    results: tuple[ResultChange, ...]

    def as_json(self) -> dict[str, object]:
        """As the report for machines lays it down."""
        return {
            "upn": self.upn,
            "pupil": self.name,
            "fields": {name: list(pair) for name, pair in self.fields.items()},
            "results": [change.as_json() for change in self.results],
        }


def person(record: Pupil) -> Person:
    """Who a record is of."""
    return Person(
        upn=record.upn, name=record.name, dob=record.dob, nc_year=record.nc_year
    )


def pupil_change(old: Pupil, new: Pupil, judge: Judge) -> PupilChange | None:
    """What differs; None where only the order of the results does, or nothing."""
    stated = unlike(FIELDS, old, new)
    results = result_changes(old.results, new.results, judge)
    if not stated and not results:
        return None
    return PupilChange(
        upn=new.upn or old.upn,
        name=new.name or old.name,
        fields=stated,
        results=results,
    )


def unlike(names: Iterable[str], old: object, new: object) -> Pairs:
    """The attributes that are not the same, each with the old and the new."""
    pairs = ((name, (getattr(old, name), getattr(new, name))) for name in names)
    return {name: pair for name, pair in pairs if pair[0] != pair[1]}


def result_changes(
    old: Iterable[Result], new: Iterable[Result], judge: Judge
) -> tuple[ResultChange, ...]:
    """The results that are not the same, by year and item.

    Two results are one where codes, year and status are the same; then where only the
    status is another; then where the item is the same under other codes.
    """
    before, after = Counter(old), Counter(new)
    gone, come = list((before - after).elements()), list((after - before).elements())
    found: list[ResultChange] = []
    for alike in (_slot, _codes, _item_by(judge)):
        pairs, gone, come = _paired(gone, come, alike)
        found += [_changed(one, other, judge) for one, other in pairs]
    found += [_change(one, judge, old=one.value) for one in gone]
    found += [_change(other, judge, new=other.value) for other in come]
    return tuple(sorted(found, key=lambda change: (change.year, change.item)))


def _slot(result: Result) -> object:
    """Codes, year and status: what should have one value only."""
    return _codes(result), result.status


def _codes(result: Result) -> object:
    """Codes and year, the spaces round them aside."""
    return tuple(map(str.strip, result.combination)), result.year.strip()


def _item_by(judge: Judge) -> Callable[[Result], object]:
    """The item of the rulebook and the year; None where the codes are not known."""

    def item(result: Result) -> object:
        code = judge.judge(result).item_code
        return code and (code, result.year.strip())

    return item


def _paired(
    gone: list[Result], come: list[Result], alike: Callable[[Result], object]
) -> tuple[list[tuple[Result, Result]], list[Result], list[Result]]:
    """Those of each side that are alike, and those left over on each."""
    waiting: dict[object, list[Result]] = {}
    for other in come:
        waiting.setdefault(alike(other), []).append(other)
    pairs, left = [], []
    for one in gone:
        likeness = alike(one)
        if likeness is not None and waiting.get(likeness):
            pairs.append((one, waiting[likeness].pop(0)))
        else:
            left.append(one)
    return pairs, left, [other for others in waiting.values() for other in others]


def _changed(old: Result, new: Result, judge: Judge) -> ResultChange:
    """A result of both files."""
    beside = dict(unlike(("year", "status", "locale", "date"), old, new))
    if old.combination != new.combination:
        beside["codes"] = (str(old.combination), str(new.combination))
    return _change(new, judge, old=old.value, new=new.value, beside=beside)


def _change(
    shown: Result,
    judge: Judge,
    *,
    old: str | None = None,
    new: str | None = None,
    beside: Pairs | None = None,
) -> ResultChange:
    """A change, named by the result that is shown."""
    stated = judge.judge(shown)
    return ResultChange(
        item=stated.title,
        item_code=stated.item_code,
        codes=str(shown.combination),
        year=shown.year,
        old=old,
        new=new,
        beside=beside or {},
    )
