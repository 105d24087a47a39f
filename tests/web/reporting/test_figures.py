import pytest
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.test_pages import YEAR, index, report, text

from hornbook.rulebook.measures import measures
from hornbook.web.audit.models import Event
from hornbook.web.reporting.models import OwnFigure


def page(town: Town, year: int = YEAR) -> str:
    return reverse("reporting:figures", args=[town.elm.laestab, year])


def test_a_year_says_which_figures_are_held_and_which_are_missing(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)

    missing, held = text(client, page(reported)), text(client, page(reported, 2025))

    assert "Good level of development" in missing.partition("Not held")[2]
    assert "68.3%" in held.partition("Not held")[0]
    assert "(not confirmed)" in held


def test_figures_pasted_from_a_sheet_stand_beside_the_schools_own_at_once(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    pasted = (
        "Good level of development\t69.1\n"
        "Met the phonics standard in Year 1, 81%\n\n"
        "Average mark in the tables check  21.4\n"
    )

    answer = client.post(page(reported), {"release": "provisional", "pasted": pasted})

    assert answer.status_code == 302
    words = text(client, index(reported))
    assert "69.1%" in words
    assert "81%" in words
    assert "written down by the school" in text(client, page(reported))
    event = Event.objects.get(action="national figures written down")
    assert event.detail["gld"] == "69.1"


def test_a_figure_written_down_never_stands_without_its_year_and_release(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    pasted = "Met the phonics standard in Year 1 63"
    release = "provisional, 10 September 2026"
    client.post(page(reported), {"release": release, "pasted": pasted})
    where = [reported.elm.laestab, "phonics", YEAR, "csv"]

    words = text(client, report(reported, "phonics"))
    rows = client.get(reverse("reporting:report_file", args=where)).content.decode()

    assert f"2025/26, {release}: written down by the school" in words
    known = f"{release}, written down by the school, not confirmed"
    assert f"63% in 2025/26 {known}" in words
    assert rows.count(f"63% in 2025/26 ({known})") == 2


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("Good level of development", "no figure at its end"),
        ("Good level of development 168.3", "more than 100 per cent"),
        ("Good level of growing 68.3", "is not one of the measures"),
        ("Good level of development 68.3\nNonsense", "Line 2"),
        ("", "Paste the figures: a line a measure."),
    ],
)
def test_what_is_not_clear_is_refused_whole_and_said(
    pasted: str, words: str, reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)

    answer = client.post(page(reported), {"release": "first", "pasted": pasted})

    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors["pasted"])
    assert not OwnFigure.objects.exists()


def test_figures_are_dropped_again(reported: Town, signed_in: SignedIn) -> None:
    client = signed_in(reported.alice)
    pasted = "Good level of development 69.1"
    client.post(page(reported), {"release": "provisional", "pasted": pasted})

    client.post(reverse("reporting:drop_figures", args=[reported.elm.laestab, YEAR]))

    assert "69.1" not in text(client, index(reported))
    assert Event.objects.filter(action="national figures dropped").exists()


def test_a_governor_reads_the_figures_and_writes_none(
    reported: Town, signed_in: SignedIn
) -> None:
    gwen = signed_in(reported.gwen)

    assert "Keep these figures" not in text(gwen, page(reported))
    answer = gwen.post(page(reported), {"release": "x", "pasted": "y"})
    assert answer.status_code == 403


def test_no_two_measures_have_one_title() -> None:
    titles = [measure.title.casefold() for measure in measures().values()]

    assert len(titles) == len(set(titles))


def test_a_release_of_many_words_is_cut_beside_a_figure_and_whole_in_its_source(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    release = "provisional, 10 September 2026, as the council told its schools of it"
    pasted = "Met the phonics standard in Year 1 63"
    client.post(page(reported), {"release": release, "pasted": pasted})

    words = text(client, report(reported, "phonics"))

    assert (
        "10 September 2026, as the…, written down by the school, not confirmed" in words
    )
    assert f"{release}: written down by the school" in words


def test_what_is_not_written_is_asked_for_in_words(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).post(
        page(reported), {"release": "", "pasted": ""}
    )

    told = answer.content.decode()
    assert "Write which release the figures are of." in told
    assert "Paste the figures: a line a measure." in told
