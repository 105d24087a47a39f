"""The page on which an administrator says what codes stand for."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town, person

from hornbook.identifiers import AcademicYear
from hornbook.records import Combination, Result
from hornbook.rulebook.load import rulebook, with_mapping
from hornbook.rulebook.mapping import held, meanings
from hornbook.rulebook.presumed import place
from hornbook.web.audit.models import Event
from hornbook.web.codes.actions import note_met
from hornbook.web.codes.queries import mapping_file
from hornbook.web.schools.models import Membership, Role, School

UNKNOWN = Combination("KS2", "MAT", "TT", "MAT", "QQ")
SCORE = Combination("KS2", "ENG", "TT", "REA", "NS")


def results(combination: Combination, *values: str) -> list[Result]:
    return [Result(combination, "2026", value) for value in values]


@pytest.fixture
def ivy(town: Town, signed_in: SignedIn) -> Client:
    """Whoever looks after the installation, after two schools brought files in."""
    note_met(
        school=town.elm,
        results=[*results(UNKNOWN, "104", "99"), *results(SCORE, "101")],
    )
    note_met(school=town.oak, results=results(UNKNOWN, "88"))
    return signed_in(town.ivy)


def page(client: Client) -> str:
    response = client.get(reverse("codes:list"))
    assert response.status_code in {200, 409}
    return " ".join(response.content.decode().split())


def test_codes_are_listed_with_counts_and_an_example_the_open_ones_first(
    ivy: Client,
) -> None:
    html = page(ivy)

    assert html.index("KS2 MAT TT MAT QQ") < html.index("KS2 ENG TT REA NS")
    assert "3 in 2 schools" in html
    assert "Left out until you decide" in html
    assert "Reading scaled score (not confirmed)" in html


def test_what_is_decided_goes_for_the_files_that_are_brought_in_next(
    ivy: Client, town: Town
) -> None:
    done = ivy.post(
        reverse("codes:list"),
        {"KS2-MAT-TT-MAT-QQ": "ks2-tests.maths-mark", "KS2-ENG-TT-REA-NS": "left-out"},
        follow=True,
    )

    assert "Files go by this from now on" in done.content.decode()
    book = with_mapping(rulebook(AcademicYear(2026)), mapping_file())
    placed = place(book, results(UNKNOWN, "104")[0])
    assert placed is not None
    assert placed.item.title == "Maths test mark"
    assert place(book, results(SCORE, "101")[0]) is None
    event = Event.objects.get(action="codes of tests decided")
    assert event.by == town.ivy
    assert event.detail == {
        "KS2 MAT TT MAT QQ": "Maths test mark",
        "KS2 ENG TT REA NS": "left out",
    }
    assert "Left out until you decide" not in page(ivy)


def test_saving_without_a_change_writes_nothing(ivy: Client) -> None:
    done = ivy.post(reverse("codes:list"), {"KS2-MAT-TT-MAT-QQ": ""}, follow=True)

    assert "Nothing was changed." in done.content.decode()
    assert not mapping_file().exists()
    assert not Event.objects.filter(action="codes of tests decided").exists()


def test_what_somebody_else_decided_meanwhile_stays(ivy: Client) -> None:
    where = reverse("codes:list")
    ivy.post(where, {"KS2-MAT-TT-MAT-QQ": "ks2-tests.maths-mark"})

    ivy.post(
        where,
        {
            "KS2-MAT-TT-MAT-QQ": "",
            "initial-KS2-MAT-TT-MAT-QQ": "",
            "KS2-ENG-TT-REA-NS": "left-out",
            "initial-KS2-ENG-TT-REA-NS": "",
        },
    )

    assert meanings(held(mapping_file())) == {
        UNKNOWN: "ks2-tests.maths-mark",
        SCORE: "left-out",
    }


def test_a_decision_is_taken_back(ivy: Client) -> None:
    where = reverse("codes:list")
    ivy.post(where, {"KS2-MAT-TT-MAT-QQ": "ks2-tests.maths-mark"})
    shown = 'name="initial-KS2-MAT-TT-MAT-QQ" value="ks2-tests.maths-mark"'
    assert shown in page(ivy)

    ivy.post(
        where,
        {"KS2-MAT-TT-MAT-QQ": "", "initial-KS2-MAT-TT-MAT-QQ": "ks2-tests.maths-mark"},
    )

    assert meanings(held(mapping_file())) == {}


def test_codes_cannot_stand_for_what_is_not_on_the_list(ivy: Client) -> None:
    done = ivy.post(reverse("codes:list"), {"KS2-MAT-TT-MAT-QQ": "ks1.maths-test-mark"})

    assert "Choose one of the list." in done.content.decode()
    assert not mapping_file().exists()


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_lost(ivy: Client) -> None:
    mapping_file().parent.mkdir(parents=True, exist_ok=True)
    mapping_file().write_text("[ks2-tests\n")

    assert "ctf-mapping.toml" in page(ivy)
    ivy.post(reverse("codes:list"), {"KS2-MAT-TT-MAT-QQ": "left-out"})
    assert mapping_file().read_text() == "[ks2-tests\n"


def test_codes_of_an_earlier_decision_are_listed_before_a_file_has_them(
    town: Town, signed_in: SignedIn
) -> None:
    Path(settings.HORNBOOK_HOME).mkdir(parents=True, exist_ok=True)
    mapping_file().write_text(
        '[ks2-tests.maths-mark]\nstage = "KS2"\nsubject = "MAT"\nmethod = "TT"\n'
        'component = "MAT"\nqualifier = "RS"\n'
    )

    html = page(signed_in(town.ivy))

    assert "KS2 MAT TT MAT RS" in html
    assert "None yet" in html


def test_the_administrator_of_the_only_school_decides(
    town: Town, signed_in: SignedIn
) -> None:
    where = reverse("codes:list")
    assert signed_in(town.ada).get(where).status_code == 403

    School.objects.filter(pk=town.oak.pk).update(demo=True)

    assert signed_in(town.ada).get(where).status_code == 200
    settings_page = signed_in(town.ada).get(
        reverse("schools:settings", args=[town.elm.laestab])
    )
    assert where in settings_page.content.decode()


def test_whoever_administers_the_trust_over_every_school_decides(
    town: Town, signed_in: SignedIn
) -> None:
    trusted = person("Tara")
    Membership.objects.create(
        user=trusted, role=Role.ADMINISTRATOR, trust=town.elm.trust
    )
    where = reverse("codes:list")
    assert signed_in(trusted).get(where).status_code == 403

    School.objects.filter(pk=town.oak.pk).update(trust=town.elm.trust)

    assert signed_in(trusted).get(where).status_code == 200


def test_the_page_asks_the_database_the_same_however_many_codes_there_are(
    ivy: Client, town: Town
) -> None:
    page(ivy)
    counts = []

    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(ivy)
        counts.append(len(asked))
        for more in range(9):
            codes = Combination("KS2", "MAT", "TT", "MAT", f"Q{number}{more}")
            note_met(school=town.elm, results=results(codes, "104"))

    assert counts[0] == counts[1]
