"""Any file a school receives: what it is said to be, and what it can be for."""

import io
import zipfile
from dataclasses import replace
from typing import Final

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.transfers.conftest import BringIn, Stage, rows
from tests.web.transfers.mis import ELM, GIAP, OAK, Child, ctf, phonics, renamed, upn
from tests.web.transfers.test_pages import address, approve, digest, plain, text

from hornbook.web.audit.models import Event
from hornbook.web.codes.models import MetCodes
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result, Source
from hornbook.web.transfers.models import Transfer

ADA: Final = Child(upn(11), results=(phonics("34", "2025"),))
GRACE: Final = Child(upn(12), forename="Grace", dob="2019-12-24")
MTC: Final = ("KS2", "2026", "MAT", "TT", "MTC", "MT", "23")
TABLES: Final = replace(
    renamed(ADA, "BYRNE"), nc_year="", forename="ADA", results=(MTC,)
)
SERVICE: Final = "Multiplication Tables Check"


@pytest.fixture
def office(town: Town, signed_in: SignedIn) -> Client:
    """Olive's browser, and no pupils yet at Elm Road."""
    Enrolment.objects.filter(pupil__school=town.elm).delete()
    Pupil.objects.filter(school=town.elm).delete()
    return signed_in(town.olive)


KINDS: Final = {
    "the whole school": (ctf(ADA), "A CTF of the whole school from Arbor"),
    "part of it": (
        ctf(ADA, qualifier="partial", supplier="SIMS"),
        "A CTF of part of the school from SIMS",
    ),
    "from elsewhere": (
        ctf(ADA, source=OAK, supplier="Bromcom"),
        "A CTF of pupils who come from Elm Road Primary School",
    ),
    "to elsewhere": (
        ctf(ADA, to=OAK, supplier="ScholarPack"),
        "A CTF of pupils who go to another school, from ScholarPack",
    ),
    "the tables check": (
        ctf(TABLES, qualifier="partial", supplier=SERVICE),
        "Results of the multiplication tables check, downloaded from the DfE",
    ),
    "earlier results": (
        b"\xef\xbb\xbf"
        + ctf(ADA, source=GIAP, to=GIAP, qualifier="partial", supplier="GIAP"),
        "Results of earlier years, from the DfE",
    ),
    "the portal's": (
        ctf(ADA, qualifier="partial", supplier="NCA Portal"),
        "Key stage 2 results, downloaded from the DfE",
    ),
    "our own": (
        ctf(ADA, qualifier="partial", supplier="Hornbook"),
        "A file that Hornbook made",
    ),
    "a return": (
        ctf(ADA, to="<LEA>926</LEA><Estab>LLLL</Estab>", qualifier="partial"),
        "A data return that Arbor made",
    ),
}


@pytest.mark.parametrize("case", KINDS)
def test_the_page_says_what_the_file_is(
    case: str, office: Client, stage: Stage
) -> None:
    content, words = KINDS[case]

    assert words in text(office, address(stage(content, "anything.dat"))).replace(
        "&#x27;", "'"
    )


def test_a_download_of_the_dfe_is_for_results_only(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(KINDS["the tables check"][0], "9262155_MTC_9262155_001.xml")

    page = text(office, address(transfer))
    approve(office, transfer, "assessments")

    assert "Update assessments" in page
    assert "Update pupils" not in page
    assert Result.objects.get(item="mtc.mark").value == "23"
    assert Pupil.objects.get(upn=ADA.upn).surname == "Byrne"


@time_machine.travel("2026-06-10", tick=False)
def test_a_pupil_from_elsewhere_joins_this_year(
    office: Client, stage: Stage, bring_in: BringIn
) -> None:
    bring_in(ctf(GRACE))
    before = (
        "<SchoolHistory><School><LEA>909</LEA><Estab>3001</Estab>"
        "<EntryDate>2023-09-04</EntryDate><LeavingDate>2024-07-20</LeavingDate>"
        "</School></SchoolHistory>"
    )
    file = ctf(
        replace(ADA, more=before), source=OAK, year="2023", made="2024-07-01T09:00:00"
    )
    transfer = stage(file)

    approve(office, transfer)

    enrolment = Enrolment.objects.get(pupil__upn=ADA.upn)
    assert (enrolment.academic_year, enrolment.nc_year) == (2026, "1")
    assert (enrolment.joined_on, enrolment.left_on) == (None, None)


def test_the_bytes_of_a_download_of_the_dfe_come_back_as_they_came(
    office: Client, stage: Stage
) -> None:
    content = KINDS["earlier results"][0]
    transfer = stage(content, "CTF.xml")

    response = office.get(address(transfer, "original"))

    assert response.content == content
    assert response["Content-Disposition"] == 'attachment; filename="CTF.xml"'
    assert Event.objects.filter(action="file downloaded").count() == 1
    assert b"Byrne" not in bytes(Transfer.objects.get().original)


def test_no_bytes_are_kept_of_a_file_of_the_mis(office: Client, stage: Stage) -> None:
    transfer = stage(ctf(ADA))

    assert transfer.original == b""
    assert office.get(address(transfer, "original")).status_code == 404


def test_a_part_without_its_tick_changes_nothing(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(
        ctf(replace(renamed(ADA, "Lovell"), basic="<Ethnicity>WBRI</Ethnicity>"))
    )

    answers: dict[str, object] = {
        "parts": ["groups", "phonics 2025"],
        "parts_shown": "True",
    }
    said = plain(approve(office, transfer, "both", **answers))
    assert "Nothing is written yet: with your answers the plan is this." in said
    approve(office, transfer, "both", **answers)

    ada = Pupil.objects.get(upn=ADA.upn)
    assert (ada.surname, ada.ethnicity) == ("Byrne", "WBRI")


def test_without_any_tick_nothing_at_all_is_changed(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    before = rows()
    transfer = stage(ctf(renamed(ADA, "Lovell"), GRACE))

    approve(office, transfer, parts_shown="True")
    approve(office, transfer, parts_shown="True")

    assert Transfer.objects.get(pk=transfer.pk).applied_at is not None
    assert rows() == before


def test_a_file_of_hardly_anybody_known_waits_for_a_tick(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(ctf(GRACE, Child(upn(13), forename="Mei", dob="2020-01-02")))

    refused = plain(approve(office, transfer))
    assert "Look at the file, then tick that it is the right one." in refused
    assert not Pupil.objects.filter(upn=GRACE.upn).exists()

    done = plain(approve(office, transfer, sure="on"))
    assert "Brought in: 2 new pupils" in done


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_whole_plan_is_taken_away(
    form: str, office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(ctf(renamed(ADA, "Lovell"), GRACE))

    response = office.get(address(transfer, f"plan_{form}"))

    assert f'filename="plan-{transfer.pk}.{form}"' in response["Content-Disposition"]
    if form == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        assert f"new,{GRACE.upn},Byrne,Grace,,,," in lines
        assert f"changed,{ADA.upn},Byrne,Ada,Surname,Byrne,Lovell," in lines
        assert f"same result,{ADA.upn},Byrne,Ada,Phonics mark, 2024/25" not in lines


def zipped(**files: bytes) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.xml", content)
    return SimpleUploadedFile("from the office.bin", packed.getvalue())


def send(client: Client, town: Town, file: SimpleUploadedFile) -> str:
    where = reverse("transfers:list", args=[town.elm.laestab])
    return plain(client.post(where, {"file": file}, follow=True))


def test_a_zip_of_one_file_leads_to_its_plan(town: Town, office: Client) -> None:
    said = send(office, town, zipped(one=ctf(ADA)))

    assert "What would change" in said


def test_a_zip_of_several_says_which_were_read(town: Town, office: Client) -> None:
    file = zipped(
        one=ctf(ADA), two=ctf(ADA, GRACE), theirs=ctf(ADA, source=OAK, to=OAK)
    )

    said = send(office, town, file)

    assert "2 files are read." in said
    assert "theirs.xml was not read. This file is of another school" in said
    assert Transfer.objects.count() == 2


def test_a_zip_of_nothing_readable_is_refused(town: Town, office: Client) -> None:
    said = send(office, town, zipped(theirs=ctf(ADA, source=OAK, to=OAK)))

    assert "There is a problem" in said
    assert "theirs.xml: This file is of another school" in said
    assert not Transfer.objects.exists()


def test_an_older_file_of_results_is_no_reason_for_a_warning(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA, made="2026-06-01T09:30:00"))
    older = ctf(TABLES, made="2026-05-01T09:30:00", supplier=SERVICE, to=ELM)

    assert "made later than this one" not in text(office, address(stage(older)))
    assert digest(office, Transfer.objects.get(applied_at=None))


def ks2(component: str, qualifier: str, value: str) -> tuple[str, ...]:
    """A result of a test under codes that the DfE does not publish."""
    return ("KS2", "2026", "ENG", "TT", component, qualifier, value)


def test_results_of_tests_are_taken_by_their_qualifier_and_the_rest_is_listed(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    old = replace(ADA, dob="2014-11-06", nc_year="6", results=())
    bring_in(ctf(old))
    results = (
        ks2("REA", "NM", "34"),
        ks2("REA", "NS", "104"),
        ks2("REA", "NC", "AS"),
        ks2("REA", "QQ", "104"),
        ks2("PAP", "NM", "12"),
    )
    file = ctf(
        replace(old, results=results), qualifier="partial", supplier="NCA Portal"
    )
    transfer = stage(file)

    said = text(office, address(transfer))
    approve(office, transfer, "assessments")

    assert "KS2 ENG TT REA NM as Reading test mark" in said
    assert "results under codes that are not known (KS2 ENG TT PAP NM)" in said
    taken = Result.objects.values_list("item", "value")
    assert dict(taken) == {
        "ks2-tests.reading-mark": "34",
        "ks2-tests.reading-score": "104",
        "ks2-tests.reading-outcome": "AS",
    }
    assert MetCodes.objects.filter(component="PAP").get().results == 1


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (
            "104",
            "Ada Byrne: Reading scaled score is 104, but Reading test mark is 34.",
        ),
        ("106", ""),
    ],
)
def test_a_mark_and_a_score_that_do_not_agree_are_said_before_they_are_taken(
    office: Client, bring_in: BringIn, stage: Stage, score: str, said: str
) -> None:
    old = replace(ADA, dob="2014-11-06", nc_year="6", results=())
    bring_in(ctf(old))
    results = (ks2("REA", "NM", "34"), ks2("REA", "NS", score))
    file = ctf(
        replace(old, results=results), qualifier="partial", supplier="NCA Portal"
    )

    page = text(office, address(stage(file)))

    assert said in page
    assert ("do not agree" in page) == bool(said)


def test_a_teacher_assessment_beside_a_test_is_asked_about_and_not_refused(
    town: Town, office: Client, bring_in: BringIn, stage: Stage
) -> None:
    old = replace(ADA, dob="2014-11-06", nc_year="6", results=())
    bring_in(ctf(old))
    ada = Pupil.objects.get(surname=old.surname, forename=old.forename)
    Result.objects.create(
        pupil=ada,
        item="ks2-tests.reading-outcome",
        year=2026,
        value="AS",
        by_name="Office",
        source=Source.TRANSFER,
    )
    below = ("KS2", "2026", "ENG", "TA", "REA", "NC", "PK4")
    transfer = stage(ctf(replace(old, results=(below,)), qualifier="partial"))

    page = text(office, address(transfer))
    approve(office, transfer, "assessments")

    assert (
        "1 pupil would have a teacher assessment beside a test that speaks against it. "
        "Ada Byrne: Reading teacher assessment is PK4"
    ) in page
    assert Result.objects.filter(
        item="ks2-teacher-assessment.reading", value="PK4", current=True
    ).exists()


def test_a_zip_that_unpacks_to_too_much_is_refused(
    town: Town, office: Client, settings: Settings
) -> None:
    settings.HORNBOOK_MAX_UPLOAD = 1_000_000
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.xml", ctf(ADA) + b" " * 5_000_000)

    said = send(office, town, SimpleUploadedFile("one.zip", packed.getvalue()))

    assert "unpacks to more than Hornbook takes at once" in said
