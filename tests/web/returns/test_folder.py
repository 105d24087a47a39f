"""Everything of a year in one zip."""

import csv
import hashlib
import zipfile
from io import BytesIO, StringIO

from django.test import Client
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    make_school,
)

from hornbook.web.audit.models import Event
from hornbook.web.returns.models import AcceptedQuery, Choice, MadeFile
from hornbook.web.schools.models import School


def opened(client: Client, school: School, year: int = YEAR) -> dict[str, bytes]:
    response = client.get(address("returns:folder", school, year))
    assert response.status_code == 200
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_it_says_what_was_known_to_be_wrong_and_sent_all_the_same(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    enrol(school, "Cole", "1")
    where = address("returns:make", school, "phonics", YEAR, "la")
    lead.post(where, {"known_errors": "1"})

    known = rows(opened(lead, school)["known.csv"])

    (error,) = [one for one in known if one["Kind"] == "error"]
    assert error["File"] == MadeFile.objects.get().name
    assert error["Rule"] == "C01"
    assert "Cole" in error["Pupil"]


def test_it_holds_the_files_their_proofs_and_what_was_decided(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    give(ada, "phonics.mark", "0")
    lead.post(address("returns:make", school, "phonics", YEAR, "la"))
    made = MadeFile.objects.get()
    lead.post(
        address("returns:sent", school, made.pk),
        {"sent_on": "24/06/2026", "receipt": "R-17"},
    )
    lead.post(
        address("returns:answered", school, made.pk),
        {"answer": "accepted", "answered_on": "24/06/2026", "words": "All is well"},
    )
    AcceptedQuery.objects.create(
        school=school,
        academic_year=YEAR,
        collection="phonics",
        code="R07",
        pupil=ada,
        message="The mark is 0.",
        note="Sheet kept",
        by_name="Lee Lead",
    )
    Choice.objects.create(
        pupil=ada,
        academic_year=YEAR,
        collection="phonics",
        included=True,
        reason="Ours",
        by_name="Lee Lead",
    )

    held = opened(lead, school)

    content = held[f"files/{made.name}"]
    assert hashlib.sha256(content).hexdigest() == made.sha256
    (receipt,) = rows(held["receipts.csv"])
    assert (receipt["Receipt"], receipt["State"]) == ("R-17", "Accepted")
    assert receipt["SHA-256"] == made.sha256
    assert held[f"answers/{made.name}.txt"] == b"All is well"
    assert rows(held["accepted.csv"])[0]["Why"] == "Sheet kept"
    assert rows(held["chosen.csv"])[0]["Choice"] == "Put in"
    assert rows(held["pupils/phonics.csv"])[0]["UPN"] == ada.upn
    assert b"Elm Road Primary School" in held["README.txt"]
    event = Event.objects.get(action="year's folder taken")
    assert event.detail == {"files": 1}


def test_a_year_without_a_file_has_a_folder_and_one_unknown_has_none(
    school: School, lead: Client
) -> None:
    assert rows(opened(lead, school, 2024)["receipts.csv"]) == []
    assert lead.get(address("returns:folder", school, 1999)).status_code == 404


def test_nothing_of_another_year_or_school_is_in_it(
    school: School, lead: Client
) -> None:
    far = make_school("Far Primary School", "2156")
    give(enrol(far, "Strange", "1"), "phonics.mark", "30")
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    lead.post(address("returns:make", school, "phonics", YEAR, "mis"))

    held = opened(lead, school, 2025)

    assert not [name for name in held if name.startswith("files/")]
    assert b"Strange" not in b"".join(opened(lead, school).values())


def test_beside_each_file_are_its_pupils_as_they_stood_in_it(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    given = give(ada, "phonics.mark", "30")
    lead.post(address("returns:make", school, "phonics", YEAR, "la"))
    given.delete()
    give(ada, "phonics.mark", "12")

    held = opened(lead, school)

    (as_made,) = rows(held["files/9262155_PHO_926LLLL_001.csv"])
    (today,) = rows(held["pupils/phonics.csv"])
    assert (as_made["UPN"], as_made["Phonics mark"]) == (ada.upn, "30")
    assert today["Phonics mark"] == "12"
    assert b"may be other than what was sent" in held["README.txt"].replace(
        b"\n               ", b" "
    )
