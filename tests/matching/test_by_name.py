"""Pupils whom a file knows by name alone: one is matched and shown, never guessed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.matching.test_plan import ADA, YEAR, held, only, planned, upn

from hornbook.identifiers import AcademicYear
from hornbook.matching import LEAVE_OUT, Held, Offer, Plan, Update, Wanted
from hornbook.records import Pupil

MARK = ("phonics.mark", 2026)
READING = ("ks2-tests.reading_score", 2026)
RESULTS = Wanted(Update.ASSESSMENTS)
ISLA = replace(ADA, surname="Hall", forename="Isla")


def here(record: Pupil = ISLA, key: int = 1, **more: object) -> Held:
    seen = (YEAR, record.nc_year)
    return held(record, key=key, **{"seen": seen, **more})


def named(
    forename: str | None,
    surname: str | None = None,
    *,
    class_name: str = "",
    values: Mapping[tuple[str, int], str] | None = None,
    **said: Any,
) -> Offer:
    return Offer(
        record=Pupil(surname=surname, forename=forename, **said),
        values={MARK: "34"} if values is None else values,
        class_name=class_name,
    )


def brought(made: Plan) -> dict[str, str]:
    """The new results by the UPN of the pupil who gets them."""
    return {one.held.upn: one.new for one in made.results_new if one.held}


@pytest.mark.parametrize(
    ("forename", "surname"),
    [
        ("Isla", "Hall"),
        ("ISLA", "HALL"),
        ("Isla Hall", None),
        ("Hall Isla", None),
        (" isla  hall ", None),
        ("Isla", "Hall "),
        ("Hall", "Isla"),
    ],
)
def test_a_name_that_one_pupil_has_is_matched_and_shown(
    forename: str, surname: str | None
) -> None:
    made = planned([here()], [named(forename, surname)], wanted=RESULTS)

    assert brought(made) == {ISLA.upn: "34"}
    assert [one.match.held.upn for one in made.by_name] == [ISLA.upn]
    assert made.as_json()["by_name"] == [
        {"name": made.by_name[0].match.offer.record.name, "upn": ISLA.upn}
    ]


@pytest.mark.parametrize(
    ("recorded", "forename", "surname"),
    [
        ({"preferred_forename": "Izzy"}, "Izzy", "Hall"),
        ({"preferred_surname": "Moss"}, "Isla", "Moss"),
        ({"former_surname": "Moss"}, "Isla Moss", None),
        ({"middle_names": "May"}, "Isla May", "Hall"),
        ({"surname": "O\u2019Neill"}, "Isla", "ONeill"),
        ({"surname": "Hall-Moss"}, "Isla Hall Moss", None),
        ({"surname": "García", "forename": "Zoë"}, "Zoe", "Garcia"),
    ],
)
def test_names_are_found_however_they_are_written(
    recorded: Mapping[str, Any], forename: str, surname: str | None
) -> None:
    made = planned(
        [here(replace(ISLA, **recorded))], [named(forename, surname)], wanted=RESULTS
    )

    assert brought(made) == {ISLA.upn: "34"}


@pytest.mark.parametrize(
    ("forename", "surname"),
    [
        ("Isla", "Hill"),
        ("Islay", "Hall"),
        ("I", "Hall"),
        ("Isla", None),
        ("Hall", None),
    ],
)
def test_a_name_that_is_nearly_a_pupils_is_no_match(
    forename: str, surname: str | None
) -> None:
    made = planned([here()], [named(forename, surname)], wanted=RESULTS)

    assert not made.results_new
    asked = only(made.unsure)
    assert asked.reason.startswith("No pupil here has this name. Write the UPN")
    assert [one.upn for one in asked.candidates] == [ISLA.upn]
    assert not asked.may_be_new


def test_of_two_of_one_name_nobody_is_chosen_until_a_person_says_whom() -> None:
    twin = here(replace(ISLA, upn=upn(2), dob="2020-01-09"), key=2)
    offer = named("Isla", "Hall")

    made = planned([here(), twin], [offer], wanted=RESULTS)

    asked = only(made.unsure)
    assert asked.reason.startswith("2 pupils here have this name.")
    assert {one.upn for one in asked.candidates} == {ISLA.upn, upn(2)}
    assert not made.results_new

    settled = planned(
        [here(), twin], [offer], wanted=RESULTS, decided={offer.code: "2"}
    )
    assert brought(settled) == {upn(2): "34"}
    assert settled.by_name == ()


ELDER = here(
    replace(ISLA, upn=upn(2), nc_year="6", dob="2015-01-09", sex="M"),
    key=2,
    classes=("Owls",),
)


@pytest.mark.parametrize(
    ("offer", "whose"),
    [
        (named("Isla", "Hall"), ISLA.upn),
        (named("Isla", "Hall", values={READING: "104"}), upn(2)),
        (named("Isla", "Hall", values={}, nc_year="6", fsm="Y"), upn(2)),
        (named("Isla", "Hall", values={}, sex="M", fsm="Y"), upn(2)),
        (named("Isla", "Hall", values={}, class_name="owls", fsm="Y"), upn(2)),
    ],
    ids=["phonics", "ks2", "year group", "sex", "class"],
)
def test_what_the_sheet_is_about_tells_namesakes_apart(
    offer: Offer, whose: str
) -> None:
    made = planned([here(classes=("Wrens",)), ELDER], [offer])

    (one,) = made.by_name
    assert one.match.held.upn == whose
    assert len(one.others) == 1


@pytest.mark.parametrize(
    "offer",
    [
        named("Isla", "Hall", values={READING: "104"}),
        named("Isla", "Hall", sex="M"),
        named("Isla", "Hall", nc_year="2"),
        named("Isla", "Hall", class_name="Owls"),
    ],
    ids=["assessment", "sex", "year group", "class"],
)
def test_the_only_one_of_the_name_whom_the_sheet_cannot_mean_is_asked(
    offer: Offer,
) -> None:
    other = here(replace(ADA, upn=upn(3)), key=3, classes=("Owls",))

    made = planned([here(classes=("Wrens",)), other], [offer], wanted=RESULTS)

    asked = only(made.unsure)
    assert asked.reason.startswith("Whoever has this name here has left, or is not")
    assert [one.upn for one in asked.candidates] == [ISLA.upn]
    assert not made.results_new


def test_a_class_that_is_none_here_says_nothing() -> None:
    offer = named("Isla", "Hall", class_name="Miss Amin, set 2")

    made = planned([here(classes=("Wrens",))], [offer], wanted=RESULTS)

    assert brought(made) == {ISLA.upn: "34"}


def test_who_left_before_the_results_is_nobody_the_sheet_can_mean() -> None:
    gone = here(
        replace(ISLA, upn=upn(2), nc_year=None),
        key=2,
        seen=(AcademicYear(2025), "1"),
        on_roll=False,
    )

    made = planned([here(), gone], [named("Isla", "Hall")], wanted=RESULTS)

    assert brought(made) == {ISLA.upn: "34"}
    assert [one.upn for one in made.by_name[0].others] == [upn(2)]


def test_results_of_last_year_are_of_the_year_group_of_then() -> None:
    now = here(replace(ISLA, nc_year=None), seen=(AcademicYear(2027), "2"))
    old = named("Isla", "Hall", values={("eyfsp.number", 2025): "2"})

    made = planned([now], [old], wanted=RESULTS)

    assert brought(made) == {ISLA.upn: "2"}


def test_a_name_in_two_rows_is_asked_in_both() -> None:
    offers = [named("Isla", "Hall"), named("ISLA", "Hall", values={MARK: "12"})]

    made = planned([here()], offers, wanted=RESULTS)

    assert {one.reason.partition(".")[0] for one in made.unsure} == {
        "Another row of the sheet has the same name"
    }
    assert not made.results_new


def test_a_row_with_the_upn_keeps_its_pupil_beside_one_with_the_name() -> None:
    by_upn = Offer(record=Pupil(upn=ISLA.upn), values={MARK: "34"})

    made = planned([here()], [by_upn, named("Hall Isla")], wanted=RESULTS)

    assert brought(made) == {ISLA.upn: "34"}
    assert "the same pupil" in only(made.unsure).reason


def test_a_name_changes_no_name() -> None:
    recorded = here(replace(ISLA, forename="Zoë", preferred_forename="Zo"))

    made = planned([recorded], [named("Zo", "Hall", fsm="Y")])

    (match,) = made.changed
    assert set(match.fields) == {"fsm"}


def test_a_preferred_name_with_the_birthday_is_certain_and_changes_no_name() -> None:
    recorded = here(replace(ISLA, preferred_forename="Izzy"))

    made = planned([recorded], [named("Izzy Hall", dob=ISLA.dob or "")])

    assert made.by_name == ()
    assert brought(made) == {ISLA.upn: "34"}
    assert made.changed == ()


def test_whoever_is_somebody_else_is_left_out() -> None:
    offer = named("Isla", "Hall")

    made = planned([here()], [offer], wanted=RESULTS, decided={offer.code: LEAVE_OUT})

    assert (made.left_out, made.results_new) == ((offer,), ())


def test_nobody_has_to_look_at_a_row_that_brings_nothing() -> None:
    made = planned([here()], [named("Isla", "Hall", values={})], wanted=RESULTS)

    assert made.by_name == ()


def test_what_is_approved_is_also_that_a_name_alone_told() -> None:
    by_upn = Offer(
        record=Pupil(upn=ISLA.upn, forename="Isla", surname="Hall"), values={MARK: "34"}
    )

    sure = planned([here()], [by_upn], wanted=RESULTS)
    alone = planned([here()], [named("Isla", "Hall")], wanted=RESULTS)

    assert sure.digest != alone.digest
