"""Random schools, every year, collection and recipient: made, read plainly, checked.

The reader is plain ElementTree; the check is the one that anybody runs on any file.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from tests.web.results.scene import born, enrol, give, make_school
from tests.web.returns.reader import Read, read
from tests.web.returns.test_every_file import each
from typer.testing import CliRunner

from hornbook.identifiers import AcademicYear, check_letter
from hornbook.main import build
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Item, Recipient
from hornbook.web.pupils.models import FormerUPN, Pupil
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions, queries
from hornbook.web.returns.models import Choice, MadeFile
from hornbook.web.returns.outgoing import Going
from hornbook.web.schools.models import School

pytestmark = pytest.mark.django_db

EVERY = [
    (year, collection, recipient)
    for year in years()
    for collection in rulebook(year).returns.values()
    for recipient in collection.recipients
    if any(item.ctf for item in collection.items)
]
NAMES = [
    ("O'Brien", "Zoë"),
    ("O\u2019Brien-Smith", "Anne Marie"),
    ("欧阳", "小明"),
    ("Núñez y Łukasiewicz", "Þórunn"),
    ("B&<>\"' Co", "]]>&amp;"),
    ("W" * 128, "Ð" * 128),
    ("Li", "X"),
    ("van der Berg", "Jean-Luc"),
    ("\U0001f600Smile", "A\u00a0B"),
    ("MACDONALD", "ADA"),
]


@dataclass(frozen=True)
class Made:
    """A school, what was made of it, and who had to be in it."""

    school: School
    file: MadeFile
    ready_errors: int
    inside: tuple[Pupil, ...]
    outside: tuple[Pupil, ...]

    @property
    def plain(self) -> Read:
        return read(actions.content_of(self.file))


def sound(item: Item, collection: Collection, chance: random.Random) -> str:
    """A value that the year allows a school to enter; of goals all or none are A."""
    marks = item.marks
    numbers = [str(n) for n in range(marks.lowest, marks.highest + 1)] if marks else []
    codes = [
        one.code
        for one in item.outcomes
        if one.set_by == "school" and one.code != collection.all_or_none
    ]
    return (
        chance.choice(numbers or codes)
        if chance.random() < 0.9
        else chance.choice(codes or numbers)
    )


def odd_pupil(
    school: School, number: int, nc_year: str, year: int, chance: random.Random
) -> Pupil:
    """A pupil with a name that a careless program spoils."""
    surname, forename = NAMES[number % len(NAMES)]
    pupil = enrol(school, surname, nc_year, forename=forename, year=year)
    pupil.sex = chance.choice("MF")
    pupil.looked_after = chance.choice(("Y", "N", ""))
    pupil.dob = born(nc_year, year).replace(day=1 + number % 28)
    pupil.save()
    if chance.random() < 0.3:
        FormerUPN.objects.create(pupil=pupil, upn=f"T{pupil.upn[1:]}")
    return pupil


def fill(
    pupil: Pupil, going: Going, chance: random.Random, *, complete: bool = True
) -> None:
    """Every result that the return needs of a pupil."""
    collection = going.collection
    for item in collection.items:
        if item.ctf and item.required and complete:
            value = sound(item, collection, chance)
            give(pupil, item.full_code, value, going.calendar_year)


def made_of(
    year: AcademicYear, collection: Collection, recipient: Recipient, seed: int
) -> Made:
    """A school of random pupils: on roll, leavers in and out, and picked by hand."""
    chance = random.Random(seed)  # noqa: S311
    school = make_school(f"St Æthel's & St John's <{seed}>")
    going = queries.going(school, collection.code, year, recipient.code)
    people = [
        odd_pupil(
            school,
            number,
            going.collection.nc_years[number % len(going.collection.nc_years)],
            year.ends,
            chance,
        )
        for number in range(chance.randint(11, 20))
    ]
    for pupil in people:
        fill(pupil, going, chance)
    stays, left_late, left_out, *_ = chance.sample(people, len(people))
    left_late.enrolments.update(left_on=date(year.ends, 7, 10))
    Choice.objects.create(
        pupil=left_out,
        academic_year=year.ends,
        collection=collection.code,
        included=False,
        reason="Returned by another school",
        by_name="Office",
    )
    sight = Sight.whole(school)
    ready = queries.preflight(sight, going)
    (file,) = actions.make(sight=sight, going=going, by=None, known_errors=ready.errors)
    inside = tuple(one for one in people if one != left_out)
    assert stays in inside
    return Made(school, file, ready.errors, inside, (left_out,))


@pytest.fixture
def summer(time_machine: time_machine.TimeMachineFixture, year: AcademicYear) -> None:
    """The July of the year, when everything has been entered."""
    time_machine.move_to(datetime(year.ends, 7, 12, 10, 0, tzinfo=UTC))


@each(EVERY)
@pytest.mark.usefixtures("summer")
def test_a_random_school_is_in_its_file_as_it_is_in_the_database(
    year: AcademicYear, collection: Collection, recipient: Recipient
) -> None:
    made = made_of(year, collection, recipient, seed=year.ends)

    plain = made.plain
    assert [one.findtext("UPN") for one in plain.pupils] != []
    assert {one.findtext("UPN") for one in plain.pupils} == {
        one.upn for one in made.inside
    }
    by_upn = {one.findtext("UPN"): one for one in plain.pupils}
    for pupil in made.inside:
        element = by_upn[pupil.upn]
        assert element.findtext("Surname") == pupil.surname
        assert element.findtext("Forename") == pupil.forename
        assert element.findtext("DOB") == pupil.dob.isoformat()
        assert (element.findtext("Sex") or element.findtext("Gender")) == pupil.sex
        nothing_else(element)
        held = sorted(
            (str(one.year), one.value) for one in pupil.results.all() if one.value
        )
        assert held == sorted(
            (one.findtext("Year") or "", one.findtext("Result") or "")
            for one in element.iter("StageAssessment")
        )


def nothing_else(element: object) -> None:
    """No detail of a pupil beside those that a return needs."""
    tags = {part.tag for part in element.iter()}  # type: ignore[attr-defined]
    assert not tags & {"LookedAfter", "FormerUPN", "Ethnicity", "FSMhistory", "SEN"}


@each(EVERY)
@pytest.mark.usefixtures("summer")
def test_a_sound_return_is_a_file_in_which_the_check_finds_no_error(
    year: AcademicYear, collection: Collection, recipient: Recipient, tmp_path: Path
) -> None:
    made = made_of(year, collection, recipient, seed=1000 + year.ends)
    path = tmp_path / made.file.name
    path.write_bytes(actions.content_of(made.file))

    words = ["check", str(path)]
    result = CliRunner().invoke(build(words), words)

    assert made.ready_errors == 0
    assert made.file.checked["errors"] == 0, made.file.checked
    assert result.exit_code == 0, result.output
    assert "ERROR" not in result.output


@each(EVERY)
@pytest.mark.usefixtures("summer")
def test_the_same_record_gives_the_same_bytes_but_for_number_and_time(
    year: AcademicYear,
    collection: Collection,
    recipient: Recipient,
    time_machine: time_machine.TimeMachineFixture,
) -> None:
    made = made_of(year, collection, recipient, seed=2000 + year.ends)
    going = queries.going(made.school, collection.code, year, recipient.code)
    first = actions.content_of(made.file)

    time_machine.shift(3600)
    (again,) = actions.make(
        sight=Sight.whole(made.school), going=going, by=None, known_errors=99
    )

    assert again.name == made.file.name.replace("_001", "_002")
    before, after = (
        content.decode().replace(read(content).header["DateTime"], "")
        for content in (first, actions.content_of(again))
    )
    assert before == after


@pytest.mark.parametrize("upn", ["", "A92621550000A"])
@pytest.mark.parametrize("sex", ["", "F"])
def test_a_pupil_without_a_upn_or_a_sex_is_said_and_never_made_up(
    upn: str, sex: str, time_machine: time_machine.TimeMachineFixture
) -> None:
    time_machine.move_to(datetime(2026, 7, 12, 10, 0, tzinfo=UTC))
    school = make_school()
    pupil = enrol(school, "Byrne", "1")
    temporary = check_letter(upn[1:]) + upn[1:] if upn else ""
    Pupil.objects.filter(pk=pupil.pk).update(upn=temporary, sex=sex)
    give(pupil, "phonics.mark", "30")
    going = queries.going(school, "phonics", AcademicYear(2026), "la")

    ready = queries.preflight(Sight.whole(school), going)
    (made,) = actions.make(
        sight=Sight.whole(school), going=going, by=None, known_errors=ready.errors
    )

    codes = {group.code for group in (*ready.error_groups, *ready.query_groups)}
    assert ({"P01"} if not upn else {"P06"}) <= codes
    assert ("P07" in codes or "P12" in codes) == (not sex)
    (element,) = read(actions.content_of(made)).pupils
    assert (element.findtext("UPN") or "") == temporary
    assert (element.findtext("Sex") or "") == sex
