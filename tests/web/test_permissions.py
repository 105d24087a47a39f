"""Every address, visited as everybody: the table of answers is the test.

An address without a row fails. The answers are, in the order of PEOPLE after nobody:
ok (seen or done), in (sent to sign in), 403 (the role does not allow it), 404 (out of
sight). Addresses below a school are those of Elm Road and its pupils, classes and
files; Charlie is of another school and must never see one.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.conftest import SignedIn
from tests.web.jobs.scene import begin
from tests.web.people import PEOPLE, YEAR, Town
from tests.web.pupils.scene import moved_up

from hornbook.web import vault
from hornbook.web.accounts import actions as accounts
from hornbook.web.reporting.models import KeptReport
from hornbook.web.returns.models import Batch, MadeFile
from hornbook.web.schools.models import School
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.staging import stage

EVERYBODY: Final = ("nobody", *PEOPLE)


class Row(NamedTuple):
    """An address, how it is asked for, and everybody's answer."""

    method: str
    answers: str


# nobody alice bob charlie olive henry gwen ada tess liam ivy
PUBLIC: Final = " ".join(["ok"] * 11)
GONE: Final = " ".join(["404"] * 11)
SIGNED_IN: Final = "in ok ok ok ok ok ok ok ok ok ok"
# Of a second step that nobody here has turned on.
WITHOUT_SECOND_STEP: Final = "in 404 404 404 404 404 404 404 404 404 404"

TABLE: Final[dict[str, Row]] = {
    "site:home": Row("GET", SIGNED_IN),
    "site:about": Row("GET", PUBLIC),
    "site:glossary": Row("GET", PUBLIC),
    "site:rules": Row("GET", PUBLIC),
    "site:rule": Row("GET", PUBLIC),
    "site:news": Row("GET", PUBLIC),
    "site:quick_start": Row("GET", PUBLIC),
    "site:guides": Row("GET", PUBLIC),
    "site:guide": Row("GET", PUBLIC),
    "account_login": Row("GET", PUBLIC),
    "account_logout": Row("GET", SIGNED_IN),
    "account_inactive": Row("GET", PUBLIC),
    "account_signup": Row("GET", GONE),
    "account_set_password": Row("GET", GONE),
    "account_email": Row("GET", GONE),
    "account_reset_password": Row("GET", PUBLIC),
    "account_change_password": Row("GET", SIGNED_IN),
    "account_reauthenticate": Row("GET", SIGNED_IN),
    "mfa_index": Row("GET", SIGNED_IN),
    "mfa_authenticate": Row("GET", SIGNED_IN),
    "mfa_reauthenticate": Row("GET", SIGNED_IN),
    "mfa_activate_totp": Row("GET", SIGNED_IN),
    "mfa_deactivate_totp": Row("GET", WITHOUT_SECOND_STEP),
    "mfa_view_recovery_codes": Row("GET", WITHOUT_SECOND_STEP),
    "mfa_generate_recovery_codes": Row("GET", SIGNED_IN),
    "mfa_download_recovery_codes": Row("GET", WITHOUT_SECOND_STEP),
    "accounts:account": Row("GET", SIGNED_IN),
    "accounts:join": Row("GET", PUBLIC),
    "schools:list": Row("GET", SIGNED_IN),
    "schools:add": Row("GET", "in 403 403 403 403 403 403 403 403 403 ok"),
    "schools:set_up": Row("GET", "in 403 403 403 403 403 403 403 403 403 403"),
    "schools:home": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "schools:people": Row("GET", "in 403 403 404 403 403 403 ok 403 403 404"),
    "schools:invite": Row("GET", "in 403 403 404 403 403 403 ok 403 403 404"),
    "schools:person": Row("GET", "in 403 403 404 403 403 403 ok 403 403 404"),
    "schools:link": Row("POST", "in 403 403 404 403 403 403 ok 403 403 404"),
    "schools:remove": Row("POST", "in 403 403 404 403 403 403 ok 403 403 404"),
    "schools:settings": Row("GET", "in 403 403 404 403 403 403 ok 403 403 404"),
    # Bob teaches the Wrens: the pupil and class asked for are theirs.
    "pupils:list": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "pupils:add": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:detail": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "pupils:edit": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:leaving": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:classes": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:place": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:move_up": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:take_back": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:class": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:change_class": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "pupils:delete_class": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:list": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:plan": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:apply": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:discard": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:undo": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:plan_csv": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:plan_xlsx": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:columns": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:corrections": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:original": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "transfers:template": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "results:start": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "results:grid": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "results:one": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "results:blank": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "results:filled": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "results:save": Row("POST", "in ok ok 404 403 403 403 ok ok 403 404"),
    "results:put_back": Row("POST", "in 404 404 404 403 403 403 404 404 403 404"),
    "results:events": Row("GET", "in ok 403 404 403 ok 403 ok ok 403 404"),
    "results:cohort": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "results:take_list": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "results:drop_list": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "results:explain": Row("POST", "in 404 403 404 404 403 403 404 404 404 404"),
    "results:fill_scaled": Row("POST", "in ok ok 404 403 403 403 ok ok 403 404"),
    "results:earlier": Row("GET", "in ok ok 404 403 403 403 ok ok 403 404"),
    "results:enter_earlier": Row("GET", "in ok ok 404 403 403 403 ok ok 403 404"),
    "results:lock": Row("POST", "in ok 403 404 403 403 403 ok ok 403 404"),
    "results:unlock": Row("POST", "in ok 403 404 403 403 403 ok ok 403 404"),
    "results:preview": Row("POST", "in ok ok 404 403 403 403 ok ok 403 404"),
    "results:changes": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "results:history": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "checking:check": Row("GET", PUBLIC),
    "checking:compare": Row("GET", PUBLIC),
    "checking:list": Row("POST", PUBLIC),
    "checking:repair": Row("POST", PUBLIC),
    # For every school of the installation: of these, Ivy alone decides.
    "codes:list": Row("GET", "in 403 403 403 403 403 403 403 403 403 ok"),
    # The job asked for brings a file in.
    "jobs:job": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "reporting:several": Row("GET", "in ok 403 ok ok ok ok ok ok ok 403"),
    "reporting:several_file": Row("GET", "in ok 403 ok ok ok ok ok ok ok 403"),
    "reporting:index": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "reporting:report": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "reporting:governors": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "reporting:governors_file": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "reporting:headlines_file": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "reporting:report_file": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "reporting:letters": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    # There is nobody yet to write to.
    "reporting:letter_file": Row("GET", "in 404 404 404 404 404 403 404 404 404 404"),
    "reporting:data": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "reporting:dictionary": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "reporting:take_out_several": Row("POST", "in ok 403 ok ok 403 403 ok ok ok 403"),
    "reporting:take_out": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    # What is kept is Alice's own.
    "reporting:forget": Row("POST", "in ok 404 404 404 404 404 404 404 404 404"),
    "reporting:figures": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    "reporting:drop_figures": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "reporting:scales": Row("GET", "in ok ok 404 ok ok ok ok ok ok 404"),
    # There is no own table yet.
    "reporting:drop_scale": Row("POST", "in 404 403 404 404 403 403 404 404 404 404"),
    "reporting:pupils": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "reporting:pupils_file": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "reporting:commentary": Row("GET", "in ok ok 404 403 403 403 ok ok 403 404"),
    "reporting:comments": Row("GET", "in ok ok 404 403 403 403 ok ok 403 404"),
    "reporting:comments_sheet": Row("GET", "in ok ok 404 403 403 403 ok ok 403 404"),
    "reporting:cell": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "reporting:cell_file": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "returns:list": Row("GET", "in ok 403 404 ok ok 403 ok ok ok 404"),
    "returns:preflight": Row("GET", "in ok 403 404 ok ok 403 ok ok ok 404"),
    "returns:make": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:accept": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:ask_again": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:sign": Row("POST", "in 403 403 404 403 ok 403 403 403 403 404"),
    "returns:choose": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:findings": Row("GET", "in ok 403 404 ok ok 403 ok ok ok 404"),
    "returns:report": Row("GET", "in ok ok 404 ok ok 403 ok ok ok 404"),
    "returns:recipient": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:profile": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:bring_profile": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:reset_profile": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:folder": Row("GET", "in ok 403 404 ok ok 403 ok ok ok 404"),
    # Liam has a role over the local authority; to nobody else is it shown.
    "returns:authority": Row("GET", "in 404 404 404 404 404 404 404 404 ok 404"),
    "returns:authority_profile": Row(
        "GET", "in 404 404 404 404 404 404 404 404 ok 404"
    ),
    "returns:bring_authority": Row("POST", "in 404 404 404 404 404 404 404 404 ok 404"),
    "returns:reset_authority": Row("POST", "in 404 404 404 404 404 404 404 404 ok 404"),
    "returns:overview": Row("GET", "in ok 403 ok ok ok ok ok ok ok 403"),
    "returns:several": Row("GET", "in ok 403 ok ok 403 403 ok ok ok 403"),
    # A batch is Alice's, and nobody else's.
    "returns:batch": Row("GET", "in ok 404 404 404 404 404 404 404 404 404"),
    "returns:batch_stop": Row("POST", "in ok 404 404 404 404 404 404 404 404 404"),
    "returns:batch_zip": Row("GET", "in ok 404 404 404 404 404 404 404 404 404"),
    "returns:file": Row("GET", "in ok 403 404 ok ok 403 ok ok ok 404"),
    "returns:sent": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:answered": Row("POST", "in ok 403 404 ok 403 403 ok ok ok 404"),
    "returns:download": Row("GET", "in ok 403 404 ok 403 403 ok ok ok 404"),
}


def names(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[str]:
    """The name of every address there is."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{namespace}{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, within or namespace)
        else:
            yield f"{namespace}{pattern.name}"


def made_file(school: School) -> MadeFile:
    """A file that was made for the local authority."""
    return MadeFile.objects.create(
        school=school,
        collection="phonics",
        academic_year=YEAR,
        recipient="la",
        name=f"{school.laestab}_PHO_926LLLL_001.xml",
        sequence=1,
        sha256="0" * 64,
        size=3,
        content=vault.seal(b"xml"),
        pupils=0,
        results=0,
        errors=0,
        queries=0,
        made_by_name="Alice",
    )


def batch(town: Town) -> Batch:
    """The returns of several schools, made for Alice."""
    return Batch.objects.create(
        collection="phonics", academic_year=YEAR, recipient="la", by=town.alice
    )


def transfer(school: School) -> Transfer:
    """A file that was brought in."""
    return Transfer.objects.create(
        school=school,
        name="mis.xml",
        sha256="0" * 64,
        size=3,
        academic_year=YEAR,
        staged=stage([]).sealed(),
        original=vault.seal(b"<CTfile/>"),
        sheet=vault.seal(b"UPN,Mark\n"),
        counts={"results_of": YEAR},
    )


def address(name: str, town: Town) -> str:
    """The address of Elm Road's."""
    number = town.elm.laestab
    grid = [number, "phonics", YEAR]
    parts: dict[str, list[object]] = {
        "site:rule": ["R02"],
        "site:guide": ["arbor"],
        "site:news": [YEAR],
        "site:quick_start": [YEAR],
        "accounts:join": [accounts.reset(by=None, user=town.bob).token],
        "schools:person": [number, town.bob.pk],
        "schools:link": [number, town.bob.pk],
        "schools:remove": [number, town.bob.pk],
        "pupils:detail": [number, town.wren.pk],
        "pupils:edit": [number, town.wren.pk],
        "pupils:leaving": [number, town.wren.pk],
        "pupils:take_back": [number, moved_up(town).pk],
        "pupils:class": [number, town.wrens.pk],
        "pupils:change_class": [number, town.wrens.pk],
        "pupils:delete_class": [number, town.wrens.pk],
        "results:grid": grid,
        "results:one": grid,
        "results:blank": grid,
        "results:filled": grid,
        "results:save": grid,
        "results:preview": grid,
        "results:changes": grid,
        "results:put_back": [*grid, town.wren.pk, "phonics.mark"],
        "results:cohort": grid,
        "results:take_list": grid,
        "results:drop_list": grid,
        "results:explain": grid,
        "results:fill_scaled": grid,
        "results:earlier": [number, town.wren.pk],
        "results:enter_earlier": [number, town.wren.pk, "eyfsp", YEAR - 1],
        "results:lock": grid,
        "results:unlock": grid,
        "results:history": [*grid, town.wren.pk, "phonics.mark"],
        "reporting:several_file": ["gld", YEAR, "csv"],
        "reporting:report": [number, "phonics", YEAR],
        "reporting:take_out": [number, "results", "csv"],
        "reporting:take_out_several": ["results", "csv"],
        "reporting:figures": [number, YEAR],
        "reporting:drop_figures": [number, YEAR],
        "reporting:scales": [number, YEAR],
        "reporting:drop_scale": [number, YEAR, "ks2-tests.reading-score"],
        "reporting:governors": [number, YEAR],
        "reporting:governors_file": [number, YEAR, "csv"],
        "reporting:headlines_file": [number, YEAR, "csv"],
        "reporting:report_file": [number, "phonics", YEAR, "csv"],
        "reporting:letters": [number, "phonics", YEAR],
        "reporting:letter_file": [number, "phonics", YEAR],
        "reporting:pupils": [number, "phonics-took", YEAR, "met"],
        "reporting:pupils_file": [number, "phonics-took", YEAR, "met", "csv"],
        "reporting:commentary": [number, "ks2", YEAR],
        "reporting:comments": [number, "ks2", YEAR],
        "reporting:comments_sheet": [number, "ks2", YEAR],
        "reporting:cell": [number, "phonics-1-to-2", YEAR],
        "reporting:cell_file": [number, "phonics-1-to-2", YEAR, "csv"],
        "returns:preflight": [*grid, "la"],
        "returns:make": [*grid, "la"],
        "returns:accept": [*grid, "la"],
        "returns:ask_again": [*grid, "la", 1],
        "returns:choose": [*grid, "la"],
        "returns:sign": [*grid, "la"],
        "returns:findings": [*grid, "la"],
        "returns:report": grid,
        "transfers:list": [number],
        "transfers:template": grid,
        "returns:folder": [number, YEAR],
        "returns:recipient": [number, "la"],
        "returns:profile": [number, "la"],
        "returns:bring_profile": [number, "la"],
        "returns:reset_profile": [number, "la"],
    }
    if name.removeprefix("returns:") in {"file", "sent", "answered", "download"}:
        parts[name] = [number, made_file(town.elm).pk]
    if name == "reporting:forget":
        kept = KeptReport.objects.create(
            school=town.elm, user=town.alice, name="Mine", report="mtc"
        )
        parts[name] = [number, kept.pk]
    if name == "jobs:job":
        parts[name] = [number, begin(town).pk]
    if "authority" in name:
        parts[name] = [town.elm.la]
    if name.startswith("returns:batch"):
        parts[name] = [batch(town).pk]
    if name.startswith("transfers:") and name not in parts:
        parts[name] = [number, transfer(town.elm).pk]
    of_no_school = {
        "returns:several",
        "returns:overview",
        "reporting:several",
        "schools:list",
        "schools:add",
        "schools:set_up",
        "codes:list",
    }
    everyones = (
        name.startswith(("site:", "account", "mfa", "checking:"))
        or name in of_no_school
    )
    return reverse(name, args=parts.get(name, [] if everyones else [number]))


def answer(response: HttpResponseBase) -> str:
    """The answer as the table writes it."""
    if response.headers.get("Location", "").startswith("/accounts/login/"):
        return "in"
    if response.status_code in {403, 404, 405, 500}:
        return str(response.status_code)
    return "ok"


def test_every_address_has_a_row() -> None:
    found = set(names(get_resolver().url_patterns))

    assert found == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_the_answer_of_the_table(
    name: str, town: Town, signed_in: SignedIn
) -> None:
    row = TABLE[name]
    where = address(name, town)

    got = {}
    for person in EVERYBODY:
        client = Client() if person == "nobody" else signed_in(town.people[person])
        client.raise_request_exception = False
        with transaction.atomic():
            got[person] = answer(client.generic(row.method, where))
            transaction.set_rollback(True)

    assert got == dict(zip(EVERYBODY, row.answers.split(), strict=True))


@pytest.mark.parametrize(
    "name", [name for name, row in TABLE.items() if row.method == "POST"]
)
def test_what_changes_something_is_not_done_by_a_link(
    name: str, town: Town, signed_in: SignedIn
) -> None:
    response = signed_in(town.ada).get(address(name, town))

    assert response.status_code == 405


@pytest.mark.parametrize(
    "name",
    ["pupils:detail", "pupils:edit", "results:history"],
)
def test_a_teacher_does_not_see_a_pupil_of_another_class(
    name: str, town: Town, signed_in: SignedIn
) -> None:
    where = address(name, town).replace(f"/{town.wren.pk}/", f"/{town.robin.pk}/")

    response = signed_in(town.bob).get(where)

    assert response.status_code in {403, 404}


@pytest.mark.parametrize("name", ["pupils:detail", "results:history"])
def test_a_pupil_of_another_school_is_out_of_sight_below_ones_own(
    name: str, town: Town, signed_in: SignedIn
) -> None:
    where = address(name, town).replace(f"/{town.wren.pk}/", f"/{town.acorn.pk}/")

    response = signed_in(town.alice).get(where)

    assert response.status_code == 404
