"""Who in a file is whom, and what the plan says would change."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.identifiers import AcademicYear, check_letter
from hornbook.matching import (
    LEAVE_OUT,
    NEW,
    Held,
    Match,
    Offer,
    Plan,
    Unsure,
    Update,
    Wanted,
    placed,
    plan,
    stated,
)
from hornbook.records import Pupil

YEAR = AcademicYear(2026)
EVERYTHING = Wanted()


def upn(serial: int, *, last: str = "0") -> str:
    body = f"90921552{serial:03}{last}"
    return check_letter(body) + body


ADA = Pupil(
    upn=upn(1),
    surname="Byrne",
    forename="Ada",
    dob="2019-11-06",
    sex="F",
    nc_year="1",
    fsm="N",
)
TEMPORARY = upn(1, last="F")


def held(record: Pupil = ADA, key: int = 1, **more: object) -> Held:
    return Held(key=key, record=record, **more)  # type: ignore[arg-type]


def offer(record: Pupil = ADA, values: Mapping[str, str] | None = None) -> Offer:
    return Offer(
        record=record,
        values={(item, 2026): value for item, value in (values or {}).items()},
    )


def planned(
    recorded: Iterable[Held],
    incoming: Iterable[Offer],
    *,
    wanted: Wanted = EVERYTHING,
    decided: Mapping[str, str] | None = None,
) -> Plan:
    return plan(recorded, incoming, year=YEAR, wanted=wanted, decided=decided or {})


def only(unsure: tuple[Unsure, ...]) -> Unsure:
    (one,) = unsure
    return one


def changes(made: Plan) -> dict[str, object]:
    (match,) = made.changed
    return dict(match.fields)


# --- who is whom


def test_a_pupil_nobody_has_is_new() -> None:
    made = planned([], [offer()])

    assert made.as_json()["new"] == [ADA.upn]


def test_a_pupil_as_held_is_unchanged() -> None:
    made = planned([held()], [offer()])

    assert made.as_json()["unchanged"] == 1
    assert made.empty


def test_a_upn_is_the_same_in_small_letters_and_with_spaces() -> None:
    typed = f" {(ADA.upn or '').lower()} "

    made = planned([held()], [offer(replace(ADA, upn=typed))])

    assert made.as_json()["unchanged"] == 1


def test_pupils_without_a_upn_are_each_found_by_name_and_birthday() -> None:
    bob = replace(ADA, upn=upn(2), forename="Bob")
    recorded = [held(), held(bob, key=2)]

    made = planned(
        recorded,
        [
            offer(replace(ADA, upn=None, fsm="Y"), {"phonics.mark": "33"}),
            offer(replace(bob, upn=None), {"phonics.mark": "34"}),
        ],
    )

    assert made.as_json()["changed"] == [
        {"upn": ADA.upn, "fields": {"fsm": ["N", "Y"]}}
    ]
    assert made.as_json()["unchanged"] == 1
    found = {entry.held.upn: entry.new for entry in made.results_new if entry.held}
    assert found == {ADA.upn: "33", bob.upn: "34"}
    assert len({entry.name for entry in made.results_new}) == 2


def test_nobody_is_added_without_a_upn() -> None:
    made = planned([], [offer(replace(ADA, upn=None))])

    assert made.new == ()
    assert only(made.unsure).reason.startswith("The file gives no UPN:")
    assert made.as_json()["unsure"] == ["Ada Byrne"]


def test_a_name_and_birthday_twice_without_a_upn_are_asked() -> None:
    shouted = replace(ADA, upn=None, surname="BYRNE")

    made = planned([held()], [offer(replace(ADA, upn=None)), offer(shouted)])

    assert {unsure.reason for unsure in made.unsure} == {
        "Another pupil in the file has the same name and date of birth."
    }


def test_a_name_and_birthday_without_a_upn_are_those_of_a_temporary_one() -> None:
    made = planned([held(replace(ADA, upn=TEMPORARY))], [offer(replace(ADA, upn=None))])

    assert made.as_json()["unchanged"] == 1


def test_of_results_alone_it_does_not_matter_what_a_new_pupil_would_need() -> None:
    made = planned(
        [held()],
        [offer(replace(ADA, upn=upn(7), forename="Zoe", sex=None))],
        wanted=Wanted(Update.ASSESSMENTS),
    )

    assert made.unsure == ()
    assert [stranger.upn for stranger in made.strangers] == [upn(7)]


def test_another_name_under_one_upn_is_changed_and_shown() -> None:
    made = planned([held()], [offer(replace(ADA, surname="Renamed"))])

    assert made.as_json()["changed"] == [
        {"upn": ADA.upn, "fields": {"surname": ["Byrne", "Renamed"]}}
    ]


def test_another_birthday_under_one_upn_is_asked() -> None:
    made = planned([held()], [offer(replace(ADA, dob="2018-11-06"))])

    asked = only(made.unsure)
    assert "date of birth is not" in asked.reason
    assert asked.candidates == (held(),)
    assert not asked.may_be_new
    assert made.missing == ()


def test_a_upn_without_a_birthday_is_enough() -> None:
    made = planned([held()], [offer(Pupil(upn=ADA.upn))])

    assert made.as_json()["unchanged"] == 1


def test_a_permanent_upn_replaces_the_former_one_it_names() -> None:
    recorded = held(replace(ADA, upn=TEMPORARY))
    incoming = offer(replace(ADA, former_upn=TEMPORARY))

    made = planned([recorded], [incoming])

    assert made.as_json()["changed"] == [
        {"upn": ADA.upn, "fields": {"upn": [TEMPORARY, ADA.upn]}}
    ]
    assert made.missing == ()


def test_a_permanent_upn_replaces_a_temporary_one_by_name_and_birthday() -> None:
    recorded = held(replace(ADA, upn=TEMPORARY, surname="Ó Briain", forename="Zoë"))
    incoming = offer(replace(ADA, surname="O'BRIAIN", forename="Zoe"))

    made = planned([recorded], [incoming])

    assert changes(made)["upn"] == (TEMPORARY, ADA.upn)


def test_a_temporary_upn_never_replaces_a_permanent_one() -> None:
    made = planned([held()], [offer(replace(ADA, upn=TEMPORARY))])

    assert changes(made) == {"former_upn": (None, TEMPORARY)}


def test_an_older_file_with_a_former_upn_changes_nothing() -> None:
    recorded = held(former_upns=frozenset({TEMPORARY}))

    made = planned([recorded], [offer(replace(ADA, upn=TEMPORARY))])

    assert made.as_json()["unchanged"] == 1


def test_a_former_upn_with_another_birthday_is_asked() -> None:
    recorded = held(former_upns=frozenset({upn(7)}))
    incoming = offer(replace(ADA, upn=upn(7), dob="2019-01-01"))

    asked = only(planned([recorded], [incoming]).unsure)

    assert "former UPN is the same" in asked.reason
    assert asked.may_be_new


def test_a_upn_that_two_pupils_had_before_is_asked() -> None:
    recorded = [
        held(former_upns=frozenset({upn(7)})),
        held(replace(ADA, upn=upn(2)), 2, former_upns=frozenset({upn(7)})),
    ]

    asked = only(planned(recorded, [offer(replace(ADA, upn=upn(7)))]).unsure)

    assert asked.reason == "Two pupils had this UPN before."
    assert len(asked.candidates) == 2


def test_the_same_child_under_two_permanent_upns_is_asked() -> None:
    made = planned([held()], [offer(replace(ADA, upn=upn(2)))])

    asked = only(made.unsure)
    assert "under another UPN" in asked.reason
    assert asked.may_be_new


def test_twins_of_one_name_are_never_guessed() -> None:
    recorded = [
        held(replace(ADA, upn=TEMPORARY)),
        held(replace(ADA, upn=upn(2, last="A")), 2),
    ]

    asked = only(planned(recorded, [offer()]).unsure)

    assert asked.reason == "Two pupils here have this name and date of birth."
    assert {pupil.key for pupil in asked.candidates} == {1, 2}


def test_twins_with_their_own_names_are_two_pupils() -> None:
    made = planned(
        [held()], [offer(), offer(replace(ADA, upn=upn(2), forename="Grace"))]
    )

    assert made.as_json()["new"] == [upn(2)]
    assert made.as_json()["unchanged"] == 1


def test_two_of_a_file_who_may_be_one_held_pupil_are_both_asked() -> None:
    recorded = held(replace(ADA, upn=TEMPORARY))
    twice = [offer(), offer(replace(ADA, upn=upn(2)))]

    made = planned([recorded], twice)

    assert [asked.reason for asked in made.unsure] == [
        "Two pupils in the file seem to be the same pupil here."
    ] * 2


def test_a_file_with_both_the_old_and_the_new_upn_asks_about_the_new_one() -> None:
    recorded = held(replace(ADA, upn=TEMPORARY))
    incoming = [
        offer(replace(ADA, upn=TEMPORARY)),
        offer(replace(ADA, former_upn=TEMPORARY)),
    ]

    made = planned([recorded], incoming)

    assert only(made.unsure).offer.upn == ADA.upn
    assert made.as_json()["unchanged"] == 1


def test_a_temporary_upn_beside_the_permanent_one_in_a_file_is_asked() -> None:
    made = planned([], [offer(), offer(replace(ADA, upn=TEMPORARY))])

    assert made.as_json()["new"] == [ADA.upn]
    assert "under another UPN too" in only(made.unsure).reason


def test_a_name_much_like_a_temporary_pupils_is_asked() -> None:
    recorded = held(replace(ADA, upn=TEMPORARY, forename="Adelaide"))

    asked = only(planned([recorded], [offer()]).unsure)

    assert "has a name like this" in asked.reason


def test_a_preferred_name_counts_as_a_name_like_this() -> None:
    recorded = held(
        replace(ADA, upn=TEMPORARY, surname="Lovell", preferred_forename="Dot")
    )
    incoming = offer(replace(ADA, surname="Other", forename="Dot"))

    assert "like this" in only(planned([recorded], [incoming]).unsure).reason


def test_two_permanent_upns_and_half_a_name_are_two_pupils() -> None:
    made = planned([held()], [offer(replace(ADA, upn=upn(2), forename="Grace"))])

    assert made.as_json()["new"] == [upn(2)]


def test_two_pupils_with_one_upn_in_a_file_are_both_asked() -> None:
    made = planned([held()], [offer(), offer(replace(ADA, forename="Grace"))])

    assert [asked.reason for asked in made.unsure] == [
        "Another pupil in the file has the same UPN."
    ] * 2


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("surname", "surname"),
        ("forename", "forename"),
        ("dob", "date of birth"),
        ("sex", "sex"),
    ],
)
def test_nobody_is_added_without_what_a_pupil_must_have(field: str, words: str) -> None:
    blanked: dict[str, Any] = {field: " "}

    made = planned([], [offer(replace(ADA, **blanked))])

    asked = only(made.unsure)
    assert f"no {words}" in asked.reason
    assert not asked.may_be_new


def test_a_birthday_nobody_can_read_is_none() -> None:
    asked = only(planned([], [offer(replace(ADA, dob="2019-02-30"))]).unsure)

    assert "no date of birth" in asked.reason


# --- decisions


def test_a_decision_for_the_same_pupil_is_followed() -> None:
    incoming = offer(replace(ADA, dob="2018-11-06"))

    made = planned([held()], [incoming], decided={incoming.upn: "1"})

    assert changes(made) == {"dob": ("2019-11-06", "2018-11-06")}


def test_a_decision_for_a_new_pupil_is_followed() -> None:
    made = planned([held()], [offer(replace(ADA, upn=upn(2)))], decided={upn(2): NEW})

    assert made.as_json()["new"] == [upn(2)]
    assert [pupil.upn for pupil in made.missing] == [ADA.upn]


def test_a_pupil_who_is_to_be_left_out_is() -> None:
    incoming = offer(replace(ADA, upn=upn(2)))

    made = planned([held()], [incoming], decided={upn(2): LEAVE_OUT})

    assert made.left_out == (incoming,)
    assert made.unsure == ()


def test_a_decision_cannot_make_a_second_pupil_of_one_upn() -> None:
    incoming = offer(replace(ADA, dob="2018-11-06"))

    made = planned([held()], [incoming], decided={incoming.upn: NEW})

    assert only(made.unsure).offer == incoming


def test_a_decision_for_somebody_who_was_not_offered_is_passed_over() -> None:
    recorded = [held(), held(replace(ADA, upn=upn(3), forename="Grace"), 3)]
    incoming = offer(replace(ADA, upn=upn(2)))

    made = planned(recorded, [incoming], decided={upn(2): "3"})

    assert only(made.unsure).offer == incoming


def test_a_decision_where_nothing_was_asked_changes_nothing() -> None:
    made = planned([held()], [offer()], decided={ADA.upn or "": LEAVE_OUT})

    assert made.as_json()["unchanged"] == 1


def test_two_decisions_for_one_pupil_leave_both_asked() -> None:
    recorded = held(replace(ADA, upn=TEMPORARY))
    twice = [offer(), offer(replace(ADA, upn=upn(2)))]

    made = planned([recorded], twice, decided={upn(1): "1", upn(2): "1"})

    assert len(made.unsure) == 2


def test_a_pupil_and_a_newcomer_are_told_apart_by_two_decisions() -> None:
    recorded = held(replace(ADA, upn=TEMPORARY))
    twice = [offer(), offer(replace(ADA, upn=upn(2)))]

    made = planned([recorded], twice, decided={upn(1): "1", upn(2): NEW})

    assert changes(made) == {"upn": (TEMPORARY, upn(1))}
    assert made.as_json()["new"] == [upn(2)]


# --- what changes


def test_what_the_file_is_silent_about_is_never_blanked() -> None:
    made = planned([held()], [offer(replace(ADA, fsm=None, nc_year="", surname=" "))])

    assert made.as_json()["unchanged"] == 1


@pytest.mark.parametrize(
    ("ours", "theirs"), [("McKay", "MCKAY"), ("Björn", "BJORN"), ("O'Neil", "ONEIL")]
)
def test_names_in_capitals_never_overwrite(ours: str, theirs: str) -> None:
    made = planned(
        [held(replace(ADA, surname=ours))], [offer(replace(ADA, surname=theirs))]
    )

    assert made.as_json()["unchanged"] == 1


def test_names_held_in_capitals_are_put_right() -> None:
    made = planned(
        [held(replace(ADA, surname="MCKAY"))], [offer(replace(ADA, surname="McKay"))]
    )

    assert changes(made) == {"surname": ("MCKAY", "McKay")}


def test_capitals_of_another_name_are_a_change() -> None:
    made = planned([held()], [offer(replace(ADA, surname="LOVELL"))])

    assert changes(made) == {"surname": ("Byrne", "LOVELL")}


def test_a_preferred_name_that_repeats_the_legal_one_says_nothing_new() -> None:
    incoming = replace(ADA, preferred_surname="Byrne", preferred_forename="Ada")

    assert planned([held()], [offer(incoming)]).empty


def test_a_preferred_name_of_its_own_is_kept_until_the_file_drops_it() -> None:
    recorded = held(replace(ADA, preferred_surname="Lovell"))
    incoming = offer(replace(ADA, preferred_surname="Byrne"))

    assert changes(planned([recorded], [incoming])) == {
        "preferred_surname": ("Lovell", None)
    }


def test_spaces_around_and_inside_a_name_are_put_aside() -> None:
    made = planned([held()], [offer(replace(ADA, surname="  Byrne "))])

    assert made.empty


def test_a_pupil_not_yet_in_the_year_is_placed_by_date_of_birth() -> None:
    recorded = held(replace(ADA, nc_year=None))

    made = planned([recorded], [offer(replace(ADA, nc_year=None))])

    assert changes(made) == {"nc_year": (None, "1")}


def test_a_year_group_nobody_can_read_says_nothing() -> None:
    assert placed(replace(ADA, nc_year="seven"), YEAR) == "1"
    assert placed(Pupil(nc_year="Year 2"), YEAR) == "2"
    assert placed(Pupil(), YEAR) == ""


def test_a_day_is_a_day_however_it_is_written() -> None:
    assert stated(replace(ADA, dob="20191106"))["dob"] == "2019-11-06"


def test_a_former_upn_that_is_not_known_is_kept() -> None:
    made = planned([held()], [offer(replace(ADA, former_upn=upn(9)))])

    assert changes(made) == {"former_upn": (None, upn(9))}


# --- not in the file


def test_who_is_not_in_the_file_is_listed() -> None:
    made = planned([held(), held(replace(ADA, upn=upn(2)), 2)], [offer()])

    assert made.as_json()["missing"] == [upn(2)]


def test_a_leaver_is_not_missed() -> None:
    gone = held(replace(ADA, upn=upn(2)), 2, on_roll=False)

    assert planned([held(), gone], [offer()]).missing == ()


def test_somebody_who_came_back_is_told() -> None:
    recorded = held(replace(ADA, leaving_date="2026-02-13"), on_roll=False)

    made = planned([recorded], [offer()])

    assert [match.held for match in made.returned] == [recorded]
    assert made.empty


def test_who_has_left_by_the_files_word_is_not_told_as_come_back() -> None:
    recorded = held(replace(ADA, leaving_date="2026-02-13"), on_roll=False)

    made = planned([recorded], [offer(replace(ADA, leaving_date="2026-02-13"))])

    assert made.returned == ()


# --- results


def test_results_are_new_the_same_or_different() -> None:
    recorded = held(values={("phonics.mark", 2026): "34", ("ks1.reading", 2026): "EXS"})
    incoming = offer(
        values={"phonics.mark": "34", "ks1.reading": "GDS", "ks1.maths": "EXS"}
    )

    made = planned([recorded], [incoming])

    assert made.summary["results"] == {"new": 1, "same": 1, "different": 1}
    (clash,) = made.results_different
    assert (clash.old, clash.new) == ("EXS", "GDS")


def test_results_of_a_new_pupil_are_new() -> None:
    made = planned([], [offer(values={"phonics.mark": "34"})])

    assert made.summary["results"] == {"new": 1, "same": 0, "different": 0}


def test_the_same_item_in_another_year_is_another_result() -> None:
    recorded = held(values={("phonics.mark", 2025): "20"})

    made = planned([recorded], [offer(values={"phonics.mark": "34"})])

    assert made.summary["results"] == {"new": 1, "same": 0, "different": 0}


def test_updating_pupils_only_leaves_results_alone() -> None:
    incoming = offer(replace(ADA, surname="Renamed"), {"phonics.mark": "34"})

    made = planned([held()], [incoming], wanted=Wanted(Update.PUPILS))

    assert len(made.changed) == 1
    assert made.summary["results"] == {"new": 0, "same": 0, "different": 0}


def test_updating_results_only_changes_adds_and_misses_nobody() -> None:
    recorded = [held(), held(replace(ADA, upn=upn(2), forename="Grace"), 2)]
    incoming = [
        offer(replace(ADA, surname="Renamed"), {"phonics.mark": "34"}),
        offer(replace(ADA, upn=upn(3), forename="Dot")),
    ]

    made = planned(recorded, incoming, wanted=Wanted(Update.ASSESSMENTS))

    assert (made.new, made.changed, made.missing) == ((), (), ())
    assert [stranger.upn for stranger in made.strangers] == [upn(3)]
    assert len(made.results_new) == 1


# --- the digest


def test_the_digest_is_of_what_the_plan_says() -> None:
    one = planned([held()], [offer(replace(ADA, surname="Renamed"))])
    same = planned([held(key=77)], [offer(replace(ADA, surname="Renamed"))])
    other = planned([held()], [offer(replace(ADA, surname="Otherwise"))])

    assert one.digest == same.digest
    assert one.digest != other.digest


def test_a_result_entered_meanwhile_changes_the_digest() -> None:
    incoming = [offer(values={"phonics.mark": "34"})]
    entered = held(values={("phonics.mark", 2026): "33"})

    assert planned([held()], incoming).digest != planned([entered], incoming).digest


# --- properties

_names = st.text("abcéö'- ABC", min_size=1, max_size=6).filter(str.strip)
_records = st.builds(
    Pupil,
    upn=st.builds(
        lambda serial, last: upn(serial, last=last),
        st.integers(1, 6),
        st.sampled_from("0AB"),
    ),
    surname=_names,
    forename=_names,
    dob=st.sampled_from(("2019-11-06", "2019-11-07")),
    sex=st.sampled_from("FM"),
    nc_year=st.sampled_from((None, "1", "2")),
    former_upn=st.one_of(st.none(), st.builds(upn, st.integers(1, 6))),
    fsm=st.sampled_from((None, "Y", "N")),
    preferred_surname=st.one_of(st.none(), _names),
)
_values = st.dictionaries(
    st.tuples(st.sampled_from(("a.b", "c.d")), st.sampled_from((2025, 2026))),
    st.sampled_from("123"),
    max_size=3,
)
_offers = st.lists(
    st.builds(Offer, record=_records, values=_values),
    max_size=5,
    unique_by=lambda each: each.upn,
)
_held = st.lists(
    st.tuples(_records, _values), max_size=5, unique_by=lambda pair: pair[0].upn
).map(
    lambda pairs: [
        Held(key=key, record=replace(record, former_upn=None), values=values)
        for key, (record, values) in enumerate(pairs)
    ]
)


def applied(recorded: Iterable[Held], made: Plan) -> list[Held]:
    """The pupils recorded once the plan is carried out, the file's results taken."""
    after = {pupil.key: pupil for pupil in recorded}
    for match in made.changed:
        after[match.held.key] = _changed(match)
    keys = {match.offer.upn: match.held.key for match in made.changed}
    keys |= {match.offer.upn: match.held.key for match in made.unchanged}
    for number, newcomer in enumerate(made.new, start=1000):
        keys[newcomer.upn] = number
        after[number] = _added(number, newcomer)
    for entry in (*made.results_new, *made.results_different):
        pupil = after[keys[entry.offer.upn]]
        values = {**pupil.values, entry.key: entry.new}
        after[pupil.key] = replace(pupil, values=values)
    return list(after.values())


def _changed(match: Match) -> Held:
    fields: dict[str, Any] = {name: new for name, (_, new) in match.fields.items()}
    former = set(filter(None, (fields.pop("former_upn", None) or "").split(", ")))
    if "upn" in fields:
        former.add(match.held.upn)
    return replace(
        match.held,
        record=replace(match.held.record, **fields),
        former_upns=match.held.former_upns | former,
    )


def _added(key: int, newcomer: Offer) -> Held:
    says: dict[str, Any] = stated(newcomer.record)
    says |= {"nc_year": placed(newcomer.record, YEAR)}
    former = newcomer.record.former_upn
    return Held(
        key=key,
        record=Pupil(upn=newcomer.upn, **says),
        former_upns=frozenset({former} if former else ()),
    )


@given(_held, _offers)
def test_a_plan_applied_leaves_an_empty_plan(
    recorded: list[Held], incoming: list[Offer]
) -> None:
    first = planned(recorded, incoming)
    asked = {unsure.offer.upn for unsure in first.unsure}
    sure = [each for each in incoming if each.upn not in asked]

    again = planned(applied(recorded, first), sure)

    assert again.changed == ()
    assert again.new == ()
    assert again.results_new == ()
    assert again.results_different == ()


@given(_held, _offers, st.randoms())
def test_the_order_of_pupils_does_not_matter(
    recorded: list[Held], incoming: list[Offer], shuffled: object
) -> None:
    made = planned(recorded, incoming)

    backwards = planned(recorded[::-1], incoming[::-1])

    assert backwards.digest == made.digest


@given(_held, _offers)
def test_everybody_in_the_file_is_somewhere_and_nobody_twice(
    recorded: list[Held], incoming: list[Offer]
) -> None:
    made = planned(recorded, incoming)

    told = [match.offer for match in (*made.changed, *made.unchanged)]
    told += [*made.new, *(unsure.offer for unsure in made.unsure)]
    assert sorted(each.upn for each in told) == sorted(each.upn for each in incoming)
    found = [match.held.key for match in (*made.changed, *made.unchanged)]
    assert len(found) == len(set(found))


@given(_held, _offers)
def test_silence_never_blanks(recorded: list[Held], incoming: list[Offer]) -> None:
    made = planned(recorded, incoming)

    for match in made.changed:
        says = stated(match.offer.record)
        for name, (old, new) in match.fields.items():
            assert new is not None or (old is not None and says[name] == "")


@given(_held, _offers)
def test_capitals_alone_are_never_a_change(
    recorded: list[Held], incoming: list[Offer]
) -> None:
    shouted = [
        replace(
            each,
            record=replace(
                each.record,
                surname=(each.record.surname or "").upper(),
                forename=(each.record.forename or "").upper(),
            ),
        )
        for each in incoming
    ]

    made = planned(recorded, shouted)

    for match in made.changed:
        for name in ("surname", "forename"):
            old, new = match.fields.get(name, (None, None))
            assert (old or "").casefold() != (new or "").casefold() or old == new
