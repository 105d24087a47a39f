"""One pass over the pupils that runs every rule: result, pupil and cohort rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from hornbook.checks.cases import (
    Case,
    Context,
    Place,
    Seen,
    Sitting,
    Stated,
    Tally,
    Term,
    Whereabouts,
    bare_upn,
)
from hornbook.checks.judge import Judge
from hornbook.findings import (
    NOBODY,
    Fault,
    Finding,
    Kind,
    Rule,
    Subject,
    rules,
)
from hornbook.identifiers import nc_year_of, parse_nc_year
from hornbook.records import Pupil, Result
from hornbook.rulebook.load import years

_MOST_REMEMBERED: Final = 50_000
_WHOLE_PUPIL: Final = "Pupil"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


Screen: TypeAlias = Callable[[Any, Any], bool]
Notice: TypeAlias = Callable[[Finding, Fault, Whereabouts | None, int | None], None]
Judged: TypeAlias = tuple[Stated, tuple[tuple[Rule, Fault], ...]]


class Examination:
    """A pass: look at each pupil, then finish.

    Results that are one object are judged once. Of the pupils no more is kept than who
    has which UPN, and which name and date of birth. notice is told of each finding
    about a pupil, with its fault, the pupil's whereabouts and the number of the result.
    """

    def __init__(self, context: Context, notice: Notice | None = None) -> None:
        self.context = context
        self._notice = notice
        self.tally = Tally()
        self.findings: list[Finding] = []
        self._judge = Judge(
            purpose=context.purpose,
            mapping=context.mapping,
            own_scales=context.own_scales,
        )
        chosen = [rule for rule in rules() if rule.runs_for(context.purpose)]
        self._result_rules = _of(Kind.RESULT, chosen)
        self._pupil_rules = _of(Kind.PUPIL, chosen)
        self._cohort_rules = _of(Kind.COHORT, chosen)
        self._screens = _screens(self._pupil_rules)
        self._judged: dict[int, Judged] = {}
        self._people: dict[int, str | None] = {}

    def look_at(
        self,
        pupil: Pupil,
        *,
        elements: tuple[str, ...] = (),
        earlier: Mapping[str, str] = _NOTHING,
        beside: Mapping[str, str] = _NOTHING,
        where: Whereabouts | None = None,
        key: object = None,
    ) -> None:
        """Run the result rules and the pupil rules over one pupil."""
        known = self._judged
        judged = [known.get(id(one)) or self._stated(one) for one in pupil.results]
        stated = [first for first, _ in judged]
        case = Case(
            pupil=pupil,
            stated=stated,
            sittings=_sittings(stated),
            elements=elements,
            earlier=earlier,
            beside=beside,
            same_upn=self._same_upn(pupil),
            same_person=self._same_person(pupil),
        )
        about = _About(case, where, key)
        for index, (_, faults) in enumerate(judged):
            for rule, fault in faults:
                self._found(rule, fault, about, index)
        for rule in self._rules_for(case):
            for fault in rule.body(_while_in_force(rule, case), self.context):
                self._found(rule, fault, about, fault.index)
        self._count(case, about)

    def _rules_for(self, case: Case) -> Iterator[Rule]:
        """The pupil rules that may find something: most pupils need few of them."""
        here = {sitting.term.group.collection for sitting in case.sittings}
        for unless, screened in self._screens:
            if unless is not None and unless(case, self.context):
                continue
            for rule in screened:
                if not rule.collections or not here.isdisjoint(rule.collections):
                    yield rule

    def finish(self) -> tuple[Finding, ...]:
        """Run the cohort rules; all findings, in the order they were made."""
        for rule in self._cohort_rules:
            for fault in rule.body(self.tally, self.context):
                self._keep(rule, fault, fault.subject or NOBODY)
        self._look_at_those_without_results()
        return tuple(self.findings)

    def _look_at_those_without_results(self) -> None:
        """In a return of one collection, a pupil without results lacks all of them.

        Where the collection is known beforehand the cohort rules say so, once.
        """
        if len(self.tally.seen) != 1 or self.context.collection:
            return
        (seen,) = self.tally.seen.values()
        for pupil, subject in self.tally.without_results:
            case = Case(pupil=pupil, sittings=(Sitting(seen.term, []),))
            for rule in self._rules_for(case):
                for fault in rule.body(case, self.context) if rule.collections else ():
                    self._keep(rule, fault, subject)

    def _stated(self, result: Result) -> Judged:
        """The result as judged, with what the result rules found: once an object."""
        if len(self._judged) >= _MOST_REMEMBERED:
            self._judged.clear()
        stated = self._judge.judge(result)
        faults = tuple(
            (rule, fault)
            for rule in self._result_rules
            for fault in rule.body(stated, self.context)
        )
        # While it is remembered the result lives, so that no other can have its id.
        self._judged[id(result)] = stated, faults
        return stated, faults

    def _same_upn(self, pupil: Pupil) -> str | None:
        """The name of an earlier pupil with this UPN."""
        upn = bare_upn(pupil)
        if not upn:
            return None
        names = pupil.forename, pupil.surname
        earlier = self.tally.upns.setdefault(upn, names)
        return None if earlier is names else _name(*earlier)

    def _same_person(self, pupil: Pupil) -> str | None:
        """The earlier pupil with this name and date of birth under another UPN."""
        if not (pupil.surname and pupil.forename and pupil.dob):
            return None
        person = hash((pupil.surname.casefold(), pupil.forename.casefold(), pupil.dob))
        earlier = self._people.setdefault(person, pupil.upn)
        if not earlier or earlier == pupil.upn:
            return None
        return _name(pupil.forename, pupil.surname, earlier)

    def _count(self, case: Case, about: "_About") -> None:
        """Add a pupil to the tally."""
        tally = self.tally
        tally.pupils += 1
        tally.results += len(case.stated)
        for sitting in case.sittings:
            seen = tally.seen.get(sitting.term.group)
            if seen is None:
                seen = tally.seen[sitting.term.group] = self._first(sitting, about)
                if seen.term.year <= years()[-1]:
                    tally.newest = max(tally.newest or seen.term.year, seen.term.year)
            seen.pupils += 1
            if sitting.collection.recheck:
                seen.year_groups[_year_group(case.pupil, sitting.term)] += 1
        for stated in case.stated:
            if stated.unjudged:
                tally.unjudged[stated.unjudged] += 1
                contents = self._judge.collection_of(stated.result.combination)
                tally.other_contents.update({contents} if contents else ())
        if not case.stated and self.context.is_return:
            nothing = Fault(element=_WHOLE_PUPIL, facts={})
            tally.without_results.append((case.pupil, about.subject(nothing, None)))

    def _first(self, sitting: Sitting, about: "_About") -> Seen:
        """A collection and year met for the first time, and where."""
        first = Fault(element="Result", facts={})
        place = about.subject(first, about.case.index(sitting.stated[0]))
        return Seen(sitting.term, Subject(line=place.line, column=place.column))

    def _found(
        self, rule: Rule, fault: Fault, about: "_About", index: int | None
    ) -> None:
        """Keep a finding about a pupil, and tell whoever wants to know."""
        finding = self._keep(rule, fault, about.subject(fault, index))
        if self._notice is not None:
            self._notice(finding, fault, about.where, index)

    def _keep(self, rule: Rule, fault: Fault, subject: Subject) -> Finding:
        """Keep a finding."""
        finding = rule.finding(fault, subject, purpose=self.context.purpose)
        self.findings.append(finding)
        return finding


def _of(kind: Kind, chosen: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules of one kind."""
    return tuple(rule for rule in chosen if rule.kind is kind)


def _screens(pupil_rules: Iterable[Rule]) -> list[tuple[Screen | None, list[Rule]]]:
    """The pupil rules by the quick test they share."""
    screens: dict[Screen | None, list[Rule]] = {}
    for rule in pupil_rules:
        screens.setdefault(rule.unless, []).append(rule)
    return list(screens.items())


def _while_in_force(rule: Rule, case: Case) -> Case:
    """The case with the sittings of the years in which a rule held."""
    if rule.since is None and rule.until is None:
        return case
    held = [one for one in case.sittings if rule.in_force(one.term.year.ends)]
    return case if len(held) == len(case.sittings) else replace(case, sittings=held)


def _sittings(stated: list[Stated]) -> list[Sitting]:
    """The results by collection and year; those whose codes are not known left out."""
    terms = {one.term for one in stated}
    if len(terms) == 1:
        (term,) = terms
        return [Sitting(term, stated)] if term else []
    sittings: dict[Term, Sitting] = {}
    for one in stated:
        if one.term is not None:
            sittings.setdefault(one.term, Sitting(one.term, [])).stated.append(one)
    return list(sittings.values())


def _name(forename: str | None, surname: str | None, upn: str | None = None) -> str:
    """A pupil for people: the name, and the UPN where it tells two apart."""
    name = " ".join(part for part in (forename, surname) if part) or "another pupil"
    return f"{name} ({upn})" if upn else name


def _year_group(pupil: Pupil, term: Term) -> str:
    """The year group stated, or the one of the pupil's age; blank where neither is."""
    try:
        return parse_nc_year(pupil.nc_year or "")
    except ValueError:
        return nc_year_of(pupil.born, term.year) if pupil.born else ""


class _About:
    """Says whom and where a finding is about; asked only when there is a finding."""

    def __init__(self, case: Case, where: Whereabouts | None, key: object) -> None:
        self.case = case
        self.where = where
        self._key = key

    def subject(self, fault: Fault, index: int | None) -> Subject:
        """The pupil, and the place of the result or of the element at fault."""
        pupil = self.case.pupil
        place = _place(self.where, fault.element, index) if self.where else None
        return Subject(
            upn=pupil.upn or None,
            pupil=pupil.name or None,
            line=place.line if place else None,
            column=place.column if place else None,
            key=self._key,
        )


def _place(where: Whereabouts, element: str | None, index: int | None) -> Place | None:
    """The result's place, the element's, or else the pupil's."""
    if index is not None:
        return where.result_place(index)
    return where.place(element or _WHOLE_PUPIL) or where.place(_WHOLE_PUPIL)
