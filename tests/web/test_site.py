"""About, help for every rule, the pages of what went wrong, and what answers carry."""

import html
import re
from importlib.metadata import PackageNotFoundError

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory
from django.urls import path, reverse
from pytest_django import Settings
from tests.web.conftest import SignedIn
from tests.web.people import Town

from hornbook import __version__, findings
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.news import news
from hornbook.web import urls
from hornbook.web.site import queries
from hornbook.web.site.glossary import entries
from hornbook.web.site.guides import guides

pytestmark = pytest.mark.django_db


def test_about_tells_version_years_and_whom_to_ask(settings: Settings) -> None:
    settings.HORNBOOK_SUPPORT = "Pat, 01632 960123"

    page = Client().get(reverse("site:about")).content.decode()

    assert f"About Hornbook {__version__}" in page
    assert all(str(year) in page for year in years())
    assert "Pat, 01632 960123" in page
    assert "makes a backup" in page
    assert "GOV.UK Frontend" in page


def test_a_year_says_what_is_not_certain_in_it() -> None:
    newest = Client().get(reverse("site:about")).context["years"][0]

    assert newest.year == years()[-1]
    assert newest.unconfirmed


def test_a_package_that_is_not_installed_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(queries, "metadata", absent)

    assert [name for name, _, _ in queries.licences()] == ["GOV.UK Frontend"]


def test_every_rule_is_listed_and_has_its_page() -> None:
    client = Client()
    listed = client.get(reverse("site:rules")).content.decode()

    for rule in findings.rules():
        assert reverse("site:rule", args=[rule.code]) in listed
        page = client.get(reverse("site:rule", args=[rule.code.lower()]))
        assert "Why it matters" in page.content.decode()


def test_there_is_no_page_for_a_rule_that_is_none() -> None:
    assert Client().get("/rules/Z99/").status_code == 404


def bad(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    *urls.urlpatterns,
    path("bad/", bad),
    path("forbidden/", forbidden),
    path("broken/", broken),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("where", "status", "said"),
    [
        ("/bad/", 400, "Hornbook could not read that"),
        ("/forbidden/", 403, "Your role does not allow this"),
        ("/nowhere/", 404, "There is no such page"),
        ("/broken/", 500, "Something went wrong"),
    ],
)
def test_what_went_wrong_is_said_plainly(where: str, status: int, said: str) -> None:
    client = Client(raise_request_exception=False)

    response = client.get(where)

    assert response.status_code == status
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (2098, "Hornbook does not know 2097/98 yet"),
        (2010, "Hornbook does not know 2009/10"),
        (9999, "There is no such page"),
    ],
)
def test_a_school_year_that_is_not_held_is_named(
    client: Client, ends: int, said: str
) -> None:
    response = client.get(f"/help/changes/{ends}/")

    assert response.status_code == 404
    assert said in response.content.decode()


def test_a_request_that_is_too_large_is_refused_before_it_is_read(
    settings: Settings,
) -> None:
    settings.HORNBOOK_MAX_UPLOAD = 1024 * 1024

    response = Client().post(
        reverse("account_login"), b"x" * 1_200_000, content_type="text/plain"
    )

    assert response.status_code == 413
    assert "no larger than 1 MB" in response.content.decode()


def test_a_form_from_elsewhere_changes_nothing(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        reverse("account_login"), {"login": "bob@example.invalid", "password": "x"}
    )

    assert response.status_code == 403
    assert "This page stood open too long" in response.content.decode()


def test_every_answer_forbids_scripts_of_others_and_is_not_kept(
    town: Town, signed_in: SignedIn
) -> None:
    outside = Client().get(reverse("account_login"))
    inside = signed_in(town.alice).get(reverse("schools:list"))

    assert "default-src 'self'" in outside.headers["Content-Security-Policy"]
    assert outside.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in inside.headers["Cache-Control"]


@pytest.mark.parametrize(
    "where", ["site:about", "site:rules", "account_login", "account_reset_password"]
)
def test_no_page_holds_a_script_or_a_style_of_its_own(where: str) -> None:
    page = Client().get(reverse(where)).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


class Trial(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Name", error_messages={"required": "Enter a name."})
    note = forms.CharField(required=False, widget=forms.Textarea, help_text="Any.")
    one = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    sure = forms.BooleanField(label="Sure", required=False, help_text="Really.")
    file = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(form: forms.Form) -> str:
    """The form as a page shows it."""
    template = Template('{% include "components/error_summary.html" %}{{ form }}')
    return template.render(Context({"form": form}))


def test_a_form_comes_out_as_components() -> None:
    page = drawn(Trial())

    for part in (
        'class="govuk-input"',
        'class="govuk-textarea"',
        'class="govuk-radios__input"',
        'class="govuk-select"',
        'class="govuk-checkboxes__input"',
        'class="govuk-file-upload"',
        'type="hidden"',
        "(optional)",
    ):
        assert part in page
    assert "govuk-error-summary" not in page


def test_what_is_wrong_stands_at_the_top_and_at_its_field() -> None:
    page = drawn(Trial({"one": "", "kind": "z"}))

    assert '<a href="#id_name">Enter a name.</a>' in page
    assert '<a href="#id_one_0">' in page
    assert 'aria-describedby="id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.index("There is a problem") < page.index('id="id_name"')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ 2026|school_year }}", "2025/26"),
        ("{{ 'R'|year_group }} {{ '2'|year_group }}", "Reception Year 2"),
        ("{{ names|get:'a' }}", "Ada"),
        ("{% hornbook_version %}", __version__),
        ("{{ day|date }}", "3 June 2026"),
    ],
)
def test_templates_speak_in_words(text: str, shown: str) -> None:
    context = Context({"names": {"a": "Ada"}, "day": years()[-1].first_day})
    if "day" in text:
        context["day"] = context["day"].replace(2026, 6, 3)

    assert Template(text).render(context) == shown


def test_a_date_is_read_as_england_writes_it() -> None:
    field = forms.DateField()

    assert field.clean("4/5/2020").isoformat() == "2020-05-04"
    assert field.clean("4 May 2020").isoformat() == "2020-05-04"


def test_pages_can_be_turned() -> None:
    template = Template('{% include "components/pagination.html" %}')
    request = RequestFactory().get("/", {"page": "2", "find": "x"})
    pages = Paginator(range(30), 10)

    shown = template.render(RequestContext(request, {"page": pages.page(2)}))

    assert "?page=1&amp;find=x" in shown
    assert 'aria-current="page"' in shown
    assert "Next" in shown


def test_every_mis_and_portal_has_its_page_and_says_what_is_not_confirmed() -> None:
    client = Client()
    listed = client.get(reverse("site:guides")).content.decode()

    for guide in guides():
        assert reverse("site:guide", args=[guide.code]) in listed
        page = client.get(reverse("site:guide", args=[guide.code])).content.decode()
        assert ("Not confirmed" in page) == (not guide.confirmed)
        assert guide.source in html.unescape(page)


def test_whoever_looks_for_pag_finds_the_portal() -> None:
    page = Client().get(reverse("site:guide", args=["nca-portal"])).content.decode()

    assert "Primary Assessment Gateway (PAG)" in page
    assert Client().get(reverse("site:guide", args=["minitel"])).status_code == 404


@pytest.mark.parametrize("year", years()[1:], ids=str)
def test_what_changed_is_told_year_by_year(year: AcademicYear) -> None:
    page = Client().get(reverse("site:news", args=[year.ends])).content.decode()

    assert f"What changed in {year}" in page
    for group in news(year):
        assert group.title in html.unescape(page)


def test_there_is_no_news_of_the_first_year_nor_of_one_unknown() -> None:
    for name, year in (("news", 2022), ("news", 1999), ("quick_start", 1999)):
        where = reverse(f"site:{name}", args=[year])
        assert Client().get(where).status_code == 404


@pytest.mark.parametrize("year", years(), ids=str)
def test_the_quick_start_has_every_collection_of_its_year(year: AcademicYear) -> None:
    where = reverse("site:quick_start", args=[year.ends])
    page = html.unescape(Client().get(where).content.decode())

    for collection in rulebook(year).collections.values():
        assert collection.title in page
        assert collection.who in page
        for item in collection.items:
            for outcome in item.entered:
                assert f"<b>{outcome.code}</b>" in page
    portal = "PAG" if year.ends <= 2025 else "NCA Portal"
    assert portal in page


def test_the_glossary_says_each_word_once_and_is_a_click_from_every_page(
    client: Client,
) -> None:
    words = [entry.word for entry in entries()]

    page = client.get("/glossary/").content.decode()

    assert len(words) == len({word.casefold() for word in words})
    assert all(html.escape(entry.means) in page for entry in entries())
    assert 'href="/glossary/"' in client.get("/check/").content.decode()
