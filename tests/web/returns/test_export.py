"""`hornbook export` makes the file that the page makes."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
import time_machine
import typer
from tests.web.results.scene import (
    address,
    enrol,
    give,
    make_school,
    person,
    profile,
    signed_in,
)
from tests.web.returns.reader import read
from tests.web.returns.test_every_file import each
from tests.web.returns.test_random_schools import EVERY, fill
from typer.testing import CliRunner, Result

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.model import Collection, Recipient
from hornbook.web.audit.models import Event
from hornbook.web.commands.export import register
from hornbook.web.returns import queries
from hornbook.web.returns.models import MadeFile
from hornbook.web.schools.models import RecipientProfile, School

ALIKE = {
    "school_id",
    "collection",
    "academic_year",
    "recipient",
    "sha256",
    "size",
    "pupils",
    "results",
    "errors",
    "queries",
    "checked",
    "accepted",
    "nc_years",
}


@pytest.fixture
def school(transactional_db: None) -> School:
    return make_school()


def export(folder: Path, *words: str, year: str = "2025/26") -> Result:
    app = typer.Typer()
    register(app)
    asked = ["--school", "926/2155", "--year", year, "--output-dir", str(folder)]
    return CliRunner().invoke(app, [*words, *asked])


def test_it_writes_the_file_and_an_entry_in_the_ledger(
    school: School, tmp_path: Path
) -> None:
    profile(enrol(school, "Byrne", "R"))

    answer = export(tmp_path / "out", "eyfsp", "--to", "la")

    file = tmp_path / "out" / "9262155_FSP_926LLLL_001.xml"
    made = MadeFile.objects.get()
    assert answer.exit_code == 0, answer.output
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made.sha256
    assert len(read(file.read_bytes()).results) == 17
    assert (made.name, made.made_by_name) == (file.name, "Hornbook")
    assert Event.objects.filter(action="file made", subject=file.name).exists()
    assert "1 pupil of Reception, all complete." in answer.output


def test_errors_stop_it_unless_one_says_so(school: School, tmp_path: Path) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    enrol(school, "Cole", "1")

    stopped = export(tmp_path, "phonics", "--to", "la")
    assert stopped.exit_code == 1
    assert "The return has 1 error." in stopped.output
    assert "C01" in stopped.output
    assert not list(tmp_path.glob("*.xml"))

    made = export(tmp_path, "phonics", "--to", "la", "--despite-errors")
    assert made.exit_code == 0
    assert MadeFile.objects.get().errors == 1


def test_nothing_is_overwritten(school: School, tmp_path: Path) -> None:
    profile(enrol(school, "Byrne", "R"))
    there = tmp_path / "9262155_FSP_926LLLL_001.xml"
    there.write_text("mine", encoding="utf-8")

    answer = export(tmp_path, "eyfsp", "--to", "la")

    assert answer.exit_code == 1
    assert there.read_text(encoding="utf-8") == "mine"
    assert not MadeFile.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sats", "--to", "la"), "There is no collection sats in 2025/26."),
        (("eyfsp", "--to", "sta"), "is not sent to sta. It is sent to la, mis."),
        (("ks2-tests", "--to", "mis"), "Hornbook makes no file"),
        (("mtc", "--to", "mis"), "There is no result to send yet"),
    ],
)
def test_what_cannot_be_made_is_said_in_words(
    school: School, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    answer = export(tmp_path, *words)

    assert answer.exit_code == 1
    assert said in " ".join(answer.output.split())
    assert not MadeFile.objects.exists()


@pytest.mark.parametrize(
    ("to", "year"), [("sta", "2024/25"), ("PAG", "2024/25"), ("pag", "2025/26")]
)
def test_the_agency_is_found_by_the_name_of_its_portal(
    school: School, tmp_path: Path, to: str, year: str
) -> None:
    ends = int(f"20{year[-2:]}")
    ada = enrol(school, "Byrne", "6", year=ends)
    for item in ("writing", "science"):
        give(ada, f"ks2-teacher-assessment.{item}", "EXS", ends)

    answer = export(tmp_path, "ks2-teacher-assessment", "--to", to, year=year)

    assert answer.exit_code == 0, answer.output
    assert MadeFile.objects.get().recipient == "sta"
    assert (tmp_path / "9262155_KS2_NAALLLL_001.xml").exists()


def test_two_files_are_written_where_the_recipient_wants_two(
    school: School, tmp_path: Path
) -> None:
    RecipientProfile.objects.create(
        school=school,
        recipient="la",
        text='recipient = "la"\nname = "Elmshire"\n'
        '[[wishes]]\ncollection = "phonics"\nfiles = 2\n',
        by_name="Lee Lead",
    )
    for nc_year in ("1", "2"):
        give(enrol(school, "Byrne", nc_year), "phonics.mark", "30")

    answer = export(tmp_path, "phonics", "--to", "la")

    assert answer.exit_code == 0, answer.output
    names = sorted(path.name for path in tmp_path.glob("*.xml"))
    assert names == ["9262155_PHO_926LLLL_001.xml", "9262155_PHO_926LLLL_002.xml"]


def test_a_file_that_cannot_be_written_is_kept_all_the_same(
    school: School, tmp_path: Path
) -> None:
    profile(enrol(school, "Byrne", "R"))

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        answer = export(tmp_path / "out", "eyfsp", "--to", "la")

    told = " ".join(answer.output.split())
    assert answer.exit_code == 1
    assert "is made, and can be downloaded from its page" in told
    assert "No space left on device" in told
    assert MadeFile.objects.count() == 1


def test_an_unknown_school_is_said(school: School, tmp_path: Path) -> None:
    School.objects.update(estab="9999")

    answer = export(tmp_path, "eyfsp", "--to", "la")

    assert answer.exit_code == 1
    assert "There is no school with the number 9262155." in answer.output


def test_what_is_no_school_year_is_misuse(school: School, tmp_path: Path) -> None:
    answer = export(tmp_path, "eyfsp", "--to", "la", year="2025/27")

    assert answer.exit_code == 2
    assert "is not one school year" in answer.output


@pytest.mark.parametrize("what", ["a file", "nowhere"])
def test_a_folder_that_cannot_be_written_to_is_said_before_anything_is_made(
    school: School, tmp_path: Path, what: str
) -> None:
    profile(enrol(school, "Byrne", "R"))
    folder = tmp_path / "a file"
    folder.write_text("in the way")

    answer = export(folder if what == "a file" else folder / "b", "eyfsp", "--to", "la")

    told = " ".join(answer.output.split())
    assert answer.exit_code == 1
    assert "Nothing can be written to" in told
    assert "Nothing was made." in told
    assert not MadeFile.objects.exists()


def test_who_is_incomplete_is_named(school: School, tmp_path: Path) -> None:
    for name in ("Abel", "Byrne", "Cole"):
        enrol(school, name, "R")

    answer = export(tmp_path, "eyfsp", "--to", "la")

    told = " ".join(answer.output.split())
    assert "(3 pupils) Ada Abel, Ada Byrne and Ada Cole" in told


def test_a_year_without_a_rulebook_is_said_with_those_there_are(
    school: School, tmp_path: Path
) -> None:
    answer = export(tmp_path, "eyfsp", "--to", "la", year="2018/19")

    assert answer.exit_code == 1
    assert (
        "Hornbook holds no rulebook for 2018/19. It holds 2021/22 to" in answer.output
    )


THIS_YEAR = [one for one in EVERY if str(one[0]) in {"2021/22", "2025/26"}]


@each(THIS_YEAR)
def test_it_is_the_file_and_the_entry_that_the_page_makes(
    school: School,
    tmp_path: Path,
    year: AcademicYear,
    collection: Collection,
    recipient: Recipient,
    time_machine: time_machine.TimeMachineFixture,
) -> None:
    time_machine.move_to(datetime(year.ends, 7, 12, 10, 0, tzinfo=UTC), tick=False)
    going = queries.going(school, collection.code, year, recipient.code)
    for number, nc_year in enumerate(collection.nc_years * 2):
        fill(enrol(school, f"P{number}", nc_year, year=year.ends), going, Random(7))  # noqa: S311
    lead = signed_in(person("lead", school))

    where = address("returns:make", school, collection.code, year.ends, recipient.code)
    assert lead.post(where, {"known_errors": "9"}).status_code == 302
    wanted = [collection.code, "--to", recipient.code, "--despite-errors"]
    answer = export(tmp_path, *wanted, year=str(year))

    assert answer.exit_code == 0, answer.output
    by_command, by_page = (
        {key: value for key, value in vars(made).items() if key in ALIKE}
        for made in MadeFile.objects.all()
    )
    assert by_command == by_page
    (path,) = tmp_path.glob("*.xml")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == by_page["sha256"]
