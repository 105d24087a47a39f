"""Parts of a file put aside, files that look wrong, and files of part of a school."""

from dataclasses import replace

import pytest

from hornbook.identifiers import AcademicYear, check_letter
from hornbook.matching import (
    DETAILS,
    NEW_PUPILS,
    Held,
    Offer,
    Plan,
    Update,
    Wanted,
    plan,
)
from hornbook.records import Pupil

YEAR = AcademicYear(2026)
MARK = ("phonics.mark", 2026)


def upn(serial: int) -> str:
    body = f"90921552{serial:04}"
    return check_letter(body) + body


def child(serial: int, nc_year: str = "1") -> Pupil:
    return Pupil(
        upn=upn(serial),
        surname=f"Byrne-{serial}",
        forename="Ada",
        dob=f"2019-{1 + serial % 12:02}-{1 + serial % 28:02}",
        sex="F",
        nc_year=nc_year,
    )


def school(*children: Pupil) -> list[Held]:
    return [Held(key=key, record=each) for key, each in enumerate(children)]


def planned(
    recorded: list[Held], incoming: list[Pupil], wanted: Wanted | None = None
) -> Plan:
    offers = [Offer(record=each, values={MARK: "34"}) for each in incoming]
    return plan(recorded, offers, year=YEAR, wanted=wanted or Wanted())


def without(*parts: str) -> Wanted:
    return Wanted(skipped=frozenset(parts))


def test_a_part_of_the_details_put_aside_changes_nothing_of_it() -> None:
    changed = replace(child(1), surname="Lovell", postcode="ZZ99 3WZ", fsm="Y")

    made = planned(school(child(1)), [changed], without("names", "postcode"))

    assert [dict(match.fields) for match in made.changed] == [{"fsm": (None, "Y")}]


@pytest.mark.parametrize(
    ("part", "field"), [("groups", "fsm"), ("postcode", "postcode")]
)
def test_a_new_pupil_comes_without_the_part_put_aside(part: str, field: str) -> None:
    incoming = replace(child(1), postcode="ZZ99 3WZ", fsm="Y")

    made = planned([], [incoming], without(part))

    assert getattr(made.new[0].record, field) is None
    assert made.new[0].record.surname == "Byrne-1"


@pytest.mark.parametrize("part", ["names", "identity", "year group"])
def test_a_new_pupil_keeps_what_makes_them_one(part: str) -> None:
    made = planned([], [child(1)], without(part))

    assert made.new[0].record == child(1)


def test_new_pupils_put_aside_are_not_known_and_bring_no_result() -> None:
    made = planned(school(child(1)), [child(1), child(2)], without(NEW_PUPILS))

    assert made.new == ()
    assert [offer.upn for offer in made.strangers] == [upn(2)]
    assert [entry.offer.upn for entry in made.results_new] == [upn(1)]


def test_results_of_a_collection_and_year_are_put_aside() -> None:
    made = planned(school(child(1)), [child(1)], without("phonics 2026"))
    other = planned(school(child(1)), [child(1)], without("phonics 2025"))

    assert made.results_new == ()
    assert [entry.key for entry in other.results_new] == [MARK]


def test_what_is_put_aside_is_part_of_what_is_approved() -> None:
    whole = planned(school(child(1)), [child(1)])
    less = planned(school(child(1)), [child(1)], without("names"))

    assert whole.digest != less.digest


def test_every_field_that_is_compared_belongs_to_one_part() -> None:
    named = [field for fields in DETAILS.values() for field in fields]
    compared = planned(
        school(Pupil(upn=upn(1), surname="A", forename="B", dob="2019-01-01")),
        [replace(child(1), dob="2019-01-01", former_upn=upn(9))],
    )

    assert len(named) == len(set(named))
    assert set(compared.changed[0].fields) <= set(named)


@pytest.mark.parametrize(
    ("known", "unknown", "few"), [(1, 1, False), (1, 2, True), (0, 1, True)]
)
def test_a_file_of_which_few_are_known_looks_wrong(
    known: int, unknown: int, few: bool
) -> None:
    ours = [child(serial) for serial in range(1, 5)]
    others = [child(serial) for serial in range(20, 20 + unknown)]

    made = planned(school(*ours), [*ours[:known], *others])

    assert made.few_known is few


def test_the_first_file_of_a_school_does_not_look_wrong() -> None:
    assert not planned([], [child(1), child(2)]).few_known


def test_results_only_of_strangers_look_wrong() -> None:
    made = planned(school(child(1)), [child(2)], Wanted(Update.ASSESSMENTS))

    assert made.few_known


def test_a_file_of_one_year_group_asks_only_after_that_group() -> None:
    fours = [child(serial, "4") for serial in (1, 2, 3)]
    others = [child(serial, "1") for serial in range(10, 20)]

    made = planned(school(*fours, *others), fours[:2])

    assert [pupil.upn for pupil in made.missing] == [upn(3)]


def test_a_whole_year_group_that_has_gone_is_asked_after() -> None:
    fours = [child(serial, "4") for serial in (1, 2, 3)]
    others = [child(serial, "1") for serial in range(10, 20)]

    made = planned(school(*fours, *others), others)

    assert sorted(pupil.upn for pupil in made.missing) == sorted(map(upn, (1, 2, 3)))
