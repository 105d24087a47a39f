"""Files made: their bytes, their names, and what is kept of them."""

import hashlib
import html
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    make_school,
    person,
    profile,
    signed_in,
)
from tests.web.returns.reader import Read, read

from hornbook.findings import rule
from hornbook.web.audit.models import Event
from hornbook.web.results.models import Result
from hornbook.web.returns.models import MadeFile
from hornbook.web.schools.models import School


def make(
    client: Client,
    school: School,
    collection: str,
    recipient: str,
    year: int = YEAR,
    known: str = "",
) -> HttpResponse:
    response = client.post(
        address("returns:make", school, collection, year, recipient),
        {"known_errors": known},
    )
    assert isinstance(response, HttpResponse)
    return response


def made(
    client: Client, school: School, collection: str, recipient: str, year: int = YEAR
) -> tuple[MadeFile, Read]:
    """Make a file and read it as it is downloaded."""
    response = make(client, school, collection, recipient, year, known="999")
    assert response.status_code == 302, response.content.decode()
    file = MadeFile.objects.latest("pk")
    content = client.get(address("returns:download", school, file.pk)).content
    return file, read(content)


def eyfsp(school: School) -> None:
    profile(enrol(school, "Byrne", "R"))
    profile(enrol(school, "Cole", "R"), "1")


def phonics(school: School) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "34")
    give(enrol(school, "Cole", "1"), "phonics.mark", "A")
    again = enrol(school, "Dale", "2")
    give(again, "phonics.mark", "20", YEAR - 1)
    give(again, "phonics.mark", "33")
    give(enrol(school, "Ellis", "2"), "phonics.mark", "36", YEAR - 1)


def ks1(school: School) -> None:
    ada = enrol(school, "Byrne", "2")
    for subject in ("reading", "writing", "maths", "science"):
        give(ada, f"ks1.{subject}", "EXS")
    give(ada, "ks1.reading-test-mark", "30")


def mtc(school: School) -> None:
    give(enrol(school, "Byrne", "4"), "mtc.mark", "25")
    give(enrol(school, "Cole", "4"), "mtc.mark", "B")


def ks2(school: School) -> None:
    ada = enrol(school, "Byrne", "6")
    give(ada, "ks2-teacher-assessment.writing", "EXS")
    give(ada, "ks2-teacher-assessment.science", "HNM")
    give(ada, "ks2-tests.reading-score", "104")


Fill = Callable[[School], None]


@pytest.mark.parametrize(
    ("collection", "recipient", "fill", "name", "pupils", "results"),
    [
        ("eyfsp", "la", eyfsp, "9262155_FSP_926LLLL_001.xml", 2, 34),
        ("eyfsp", "mis", eyfsp, "9262155_FSP_9262155_001.xml", 2, 34),
        ("phonics", "la", phonics, "9262155_PHO_926LLLL_001.xml", 3, 3),
        ("phonics", "mis", phonics, "9262155_PHO_9262155_001.xml", 3, 3),
        ("ks1", "la", ks1, "9262155_KS1_926LLLL_001.xml", 1, 4),
        ("ks1", "mis", ks1, "9262155_KS1_9262155_001.xml", 1, 4),
        ("mtc", "mis", mtc, "9262155_MTC_9262155_001.xml", 2, 2),
        ("mtc", "la", mtc, "9262155_MTC_926LLLL_001.xml", 2, 2),
        (
            "ks2-teacher-assessment",
            "sta",
            ks2,
            "9262155_KS2_NAALLLL_001.xml",
            1,
            2,
        ),
        ("ks2-teacher-assessment", "la", ks2, "9262155_KS2_926LLLL_001.xml", 1, 2),
        ("ks2-teacher-assessment", "mis", ks2, "9262155_KS2_9262155_001.xml", 1, 2),
    ],
)
def test_each_collection_goes_to_each_recipient(
    school: School,
    lead: Client,
    collection: str,
    recipient: str,
    fill: Fill,
    name: str,
    pupils: int,
    results: int,
) -> None:
    fill(school)

    file, content = made(lead, school, collection, recipient)

    held = Result.objects.current().filter(
        year=YEAR, item__startswith=f"{collection}.", pupil__upn__in=_upns(content)
    )
    assert file.name == name
    assert (file.pupils, file.results) == (len(content.pupils), len(content.results))
    assert (file.pupils, file.results) == (pupils, results)
    assert {(upn, value) for upn, *_, value in content.results} <= set(
        held.values_list("pupil__upn", "value")
    )
    assert content.header["CTFversion"] == "25.0"
    assert content.header["DocumentQualifier"] == "partial"
    assert content.source == {
        "LEA": "926",
        "Estab": "2155",
        "URN": "123456",
        "SchoolName": "Elm Road Primary School",
        "AcademicYear": "2025",
    }
    assert (
        name.split("_")[2] == content.destination["LEA"] + content.destination["Estab"]
    )
    assert not [one for one in content.results if one[-1].upper() in {"WA", "WT"}]


def _upns(content: Read) -> list[str]:
    return [pupil.findtext("UPN") or "" for pupil in content.pupils]


def test_a_phonics_return_has_year_1_and_year_2_in_one_file(
    school: School, lead: Client
) -> None:
    phonics(school)

    _, content = made(lead, school, "phonics", "la")

    years = [one.findtext("BasicDetails/NCyearActual", "") for one in content.pupils]
    told = {(one[5], one[6], one[7]) for one in content.results}
    assert sorted(years) == ["1", "1", "2"]
    assert told == {("NM", "2026", "34"), ("NY", "2026", "A"), ("NM", "2026", "33")}


@pytest.mark.parametrize(("recipient", "postcode"), [("la", "NR1 1AA"), ("mis", None)])
def test_the_postcode_goes_only_where_it_is_wanted(
    school: School, lead: Client, recipient: str, postcode: str | None
) -> None:
    eyfsp(school)

    _, content = made(lead, school, "eyfsp", recipient)

    assert {pupil.findtext("Address/PostCode") for pupil in content.pupils} == {
        postcode
    }


@pytest.mark.parametrize(
    ("year", "version", "element"), [(2022, "21.0", "Gender"), (2026, "25.0", "Sex")]
)
def test_a_past_year_is_written_as_it_was_written_then(
    school: School, lead: Client, year: int, version: str, element: str
) -> None:
    profile(enrol(school, "Byrne", "R", year=year), year=year)

    _, content = made(lead, school, "eyfsp", "la", year)

    assert content.header["CTFversion"] == version
    assert content.pupils[0].findtext(element) == "F"
    assert {one[6] for one in content.results} == {str(year)}


def test_outcomes_that_are_worked_out_are_never_sent(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "Wa")
    give(enrol(school, "Cole", "1"), "phonics.mark", "33")

    _, content = made(lead, school, "phonics", "la")

    assert [one[-1] for one in content.results] == ["33"]


def test_key_stage_2_tests_make_no_file_while_their_codes_are_unknown(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "6"), "ks2-tests.reading-score", "104")

    response = make(lead, school, "ks2-tests", "mis", known="9")

    assert response.status_code == 409
    assert "are not published, so Hornbook makes no file" in response.content.decode()
    assert not MadeFile.objects.exists()


def test_key_stage_2_tests_travel_once_their_codes_are_written_down(
    school: School, lead: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.HORNBOOK_HOME = tmp_path
    (tmp_path / "ctf-mapping.toml").write_text(
        "[ks2-tests.reading-score]\n"
        'stage = "KS2"\nsubject = "ENG"\nmethod = "TT"\n'
        'component = "REA"\nqualifier = "NS"\n',
        encoding="utf-8",
    )
    give(enrol(school, "Byrne", "6"), "ks2-tests.reading-score", "104")
    give(enrol(school, "Cole", "6"), "ks2-tests.maths-score", "101")

    file, content = made(lead, school, "ks2-tests", "mis")

    assert (file.pupils, [one[-1] for one in content.results]) == (1, ["104"])


def test_numbers_run_on_for_one_kind_of_file_to_one_address(
    school: School, lead: Client
) -> None:
    eyfsp(school)
    phonics(school)

    names = [
        made(lead, school, collection, recipient)[0].name
        for collection, recipient in (
            ("eyfsp", "la"),
            ("eyfsp", "la"),
            ("eyfsp", "mis"),
            ("phonics", "la"),
            ("eyfsp", "la"),
        )
    ]

    assert names == [
        "9262155_FSP_926LLLL_001.xml",
        "9262155_FSP_926LLLL_002.xml",
        "9262155_FSP_9262155_001.xml",
        "9262155_PHO_926LLLL_001.xml",
        "9262155_FSP_926LLLL_003.xml",
    ]


def test_the_same_bytes_are_downloaded_every_time_whatever_has_changed_since(
    school: School, lead: Client
) -> None:
    eyfsp(school)
    file, _ = made(lead, school, "eyfsp", "la")
    where = address("returns:download", school, file.pk)
    first = lead.get(where)
    Result.objects.filter(item="eyfsp.E01").update(value="A")
    School.objects.update(name="Another Name")

    again = lead.get(where)

    assert again.content == first.content
    assert hashlib.sha256(again.content).hexdigest() == file.sha256
    assert len(again.content) == file.size
    assert again["Content-Type"] == "application/xml"
    assert again["Content-Disposition"] == f'attachment; filename="{file.name}"'


def test_the_bytes_are_kept_sealed(school: School, lead: Client) -> None:
    eyfsp(school)

    file, _ = made(lead, school, "eyfsp", "la")

    assert b"Byrne" not in bytes(file.content)
    assert b"CTfile" not in bytes(file.content)


def test_a_return_with_errors_is_made_only_by_saying_so(
    school: School, lead: Client
) -> None:
    eyfsp(school)
    enrol(school, "Dale", "R")

    refused = make(lead, school, "eyfsp", "la")
    assert refused.status_code == 409
    assert "The return has 1 error." in refused.content.decode()
    assert not MadeFile.objects.exists()

    response = make(lead, school, "eyfsp", "la", known="1")
    file = MadeFile.objects.get()
    assert response.status_code == 302
    assert (file.errors, file.pupils) == (1, 2)


def test_an_error_that_came_since_the_person_agreed_stops_the_file(
    school: School, lead: Client
) -> None:
    eyfsp(school)
    enrol(school, "Dale", "R")
    enrol(school, "Ellis", "R")

    response = make(lead, school, "eyfsp", "la", known="1")

    assert response.status_code == 409
    assert "The return has 2 errors." in response.content.decode()


def test_nothing_to_send_makes_no_file(school: School, lead: Client) -> None:
    enrol(school, "Byrne", "2")

    response = make(lead, school, "ks1", "mis", known="9")

    assert response.status_code == 409
    assert "There is no result to send yet" in response.content.decode()


def test_a_sound_file_is_checked_clean_after_it_is_made(
    school: School, lead: Client
) -> None:
    eyfsp(school)

    file, _ = made(lead, school, "eyfsp", "la")

    assert (file.errors, file.queries) == (0, 0)
    assert file.checked == {"errors": 0, "queries": 0, "codes": {}}


def test_a_science_code_that_is_doubted_is_a_query_in_the_return_and_in_the_file(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "6")
    give(ada, "ks2-teacher-assessment.writing", "PK1")
    give(ada, "ks2-teacher-assessment.science", "PK1")

    file, _ = made(lead, school, "ks2-teacher-assessment", "sta")

    assert (file.errors, file.queries) == (0, 1)
    assert file.checked["codes"] == {"R12": 1}
    page = lead.get(reverse("returns:file", args=[school.laestab, file.pk]))
    assert rule("R12").title in html.unescape(page.content.decode())


def test_leavers_in_the_season_are_in_the_file_and_earlier_ones_are_not(
    school: School, lead: Client
) -> None:
    gone = enrol(school, "Gone", "1", left_on=date(2026, 2, 1))
    left = enrol(school, "Left", "1", left_on=date(2026, 6, 12))
    give(left, "phonics.mark", "L")
    give(enrol(school, "Here", "1"), "phonics.mark", "30")

    _, content = made(lead, school, "phonics", "la")

    assert left.upn in _upns(content)
    assert gone.upn not in _upns(content)


def test_the_ledger_and_the_audit_say_who_made_it(school: School, lead: Client) -> None:
    eyfsp(school)

    file, _ = made(lead, school, "eyfsp", "la")

    event = Event.objects.get(action="file made")
    assert file.made_by_name == "Lee Lead"
    assert (event.subject, event.by_name) == (file.name, "Lee Lead")
    assert event.detail["sha256"] == file.sha256


@pytest.mark.parametrize(
    ("role", "look", "do", "fetch"),
    [
        ("lead", 200, 302, 200),
        ("office", 200, 302, 200),
        ("administrator", 200, 302, 200),
        ("head", 200, 403, 403),
        ("teacher", 403, 403, 403),
        ("governor", 403, 403, 403),
    ],
)
def test_who_may_look_make_and_download(
    school: School, lead: Client, role: str, look: int, do: int, fetch: int
) -> None:
    eyfsp(school)
    file, _ = made(lead, school, "eyfsp", "la")
    client = signed_in(person(role, school, f"Somebody {role}"))

    answers = (
        client.get(address("returns:list", school)).status_code,
        client.get(
            address("returns:preflight", school, "eyfsp", YEAR, "la")
        ).status_code,
        make(client, school, "eyfsp", "la").status_code,
        client.get(address("returns:download", school, file.pk)).status_code,
    )

    assert answers == (look, look, do, fetch)


def test_a_stranger_finds_nothing(school: School, lead: Client) -> None:
    eyfsp(school)
    file, _ = made(lead, school, "eyfsp", "la")
    far = make_school("Far Primary School", "2156")
    stranger = signed_in(person("lead", far, "Stan Stranger"))

    for where in (
        address("returns:list", school),
        address("returns:preflight", school, "eyfsp", YEAR, "la"),
        address("returns:download", school, file.pk),
        # Their own school, somebody else's file.
        address("returns:download", far, file.pk),
    ):
        assert stranger.get(where).status_code == 404
    assert make(stranger, school, "eyfsp", "la").status_code == 404
