"""Recipient profiles: the shipped ones, reading and printing, and what they change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import COLLECTIONS, RulebookError, rulebook
from hornbook.rulebook.profiles import (
    KINDS,
    RECIPIENTS,
    Deadline,
    How,
    Profile,
    Wishes,
    parse,
    printed,
    shipped,
)

texts = st.text(st.characters(codec="utf-8"), max_size=40)
years = st.one_of(st.none(), st.integers(2022, 2030))
profiles = st.builds(
    Profile,
    recipient=st.sampled_from(RECIPIENTS),
    name=texts.filter(str.strip),
    number=st.sampled_from(("", "926")),
    contact=texts,
    how=st.lists(
        st.builds(
            How,
            text=texts,
            link=st.sampled_from(("", "https://portal.example.invalid/a?b=c&d")),
            since=years,
            until=years,
            confirmed=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    wishes=st.lists(
        st.builds(
            Wishes,
            collection=st.sampled_from(COLLECTIONS),
            file_names=st.lists(st.sampled_from(KINDS), max_size=2).map(tuple),
            postcode=st.sampled_from((None, True, False)),
            files=st.sampled_from((1, 2)),
        ),
        max_size=3,
    ).map(tuple),
    deadlines=st.lists(
        st.builds(
            Deadline,
            collection=st.sampled_from(COLLECTIONS),
            day=st.dates(date(2021, 9, 1), date(2030, 8, 31)),
            note=texts,
        ),
        max_size=3,
    ).map(tuple),
)


@given(profiles)
def test_what_is_printed_is_read_back(profile: Profile) -> None:
    assert parse(printed(profile)) == profile


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_a_sound_profile_is_shipped(recipient: str) -> None:
    profile = shipped(recipient)

    assert profile.recipient == recipient
    for year in range(2022, 2028):
        assert profile.way(AcademicYear(year)) is not None


def test_the_portal_changed_its_name_in_2025_26_and_the_old_one_is_still_said() -> None:
    before = shipped("sta").way(AcademicYear(2025))
    since = shipped("sta").way(AcademicYear(2026))

    assert before is not None
    assert since is not None
    assert "Primary Assessment Gateway (PAG)" in before.text
    assert "NCA Portal" not in before.text
    assert "NCA Portal" in since.text
    assert "PAG" in since.text


def test_a_profile_changes_the_name_and_the_postcode_of_a_file() -> None:
    profile = parse(
        'recipient = "la"\nname = "Elmshire"\n[[wishes]]\ncollection = "phonics"\n'
        'file_names = ["CTF", "PHO"]\npostcode = true\nfiles = 2\n'
    )
    recipient = rulebook(AcademicYear(2026)).collections["phonics"].recipient("la")

    changed = profile.applied(recipient, "phonics")

    assert (changed.infix, changed.wants_postcode) == ("CTF", True)
    assert profile.of("phonics").files == 2
    assert shipped("la").applied(recipient, "phonics") == recipient


def test_a_day_of_its_own_is_of_the_year_it_is_in() -> None:
    deadline = Deadline(collection="phonics", day=date(2026, 6, 19))
    profile = Profile(recipient="la", name="Elmshire", deadlines=(deadline,))

    assert profile.deadline("phonics", AcademicYear(2026)) == deadline
    assert profile.deadline("phonics", AcademicYear(2027)) is None
    assert profile.deadline("eyfsp", AcademicYear(2026)) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<CTfile>", "This is no profile"),
        ('recipient = "mis"\nname = "X"', "It must be la or sta."),
        ('recipient = "la"', "needs name"),
        ('recipient = "la"\nname = " "', "needs a name"),
        ('recipient = "la"\nname = "X"\nnickname = "Y"', "has no nickname"),
        (
            'recipient = "la"\nname = "X"\n[[wishes]]\ncollection = "sats"',
            "There is no collection sats.",
        ),
        (
            (
                'recipient = "la"\nname = "X"\n[[wishes]]\ncollection = "phonics"\n'
                'file_names = ["PHN"]'
            ),
            "PHN is no kind of file.",
        ),
        (
            (
                'recipient = "la"\nname = "X"\n[[wishes]]\ncollection = "phonics"\n'
                "files = 3"
            ),
            "one or two files",
        ),
        (
            (
                'recipient = "la"\nname = "X"\n[[how]]\ntext = "Y"\n'
                'link = "javascript:alert(1)"'
            ),
            "must begin with https://",
        ),
        ("#" * 20_001, "too long"),
    ],
)
def test_what_is_no_profile_is_said_in_words(text: str, said: str) -> None:
    with pytest.raises(RulebookError, match=said):
        parse(text)
