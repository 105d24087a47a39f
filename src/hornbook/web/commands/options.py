"""What the commands of schools and people read and print alike."""

import os

import typer
from django.conf import settings

from hornbook.identifiers import LAEstab, parse_urn
from hornbook.rulebook.load import codeset
from hornbook.web.accounts.actions import LINK_LASTS, Link
from hornbook.web.commands import database
from hornbook.web.schools.models import LocalAuthority, School, Trust


def number(text: str) -> LAEstab:
    """A DfE number whose first three digits are a local authority's."""
    try:
        found = LAEstab.parse(text)
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from fault
    if found.la not in codeset("la_numbers"):
        raise typer.BadParameter(f"No local authority has the number {found.la}.")
    return found


def urn(text: str) -> str:
    """A URN; nothing where none is known."""
    try:
        return parse_urn(text) if text else ""
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from fault


def group(trust: str, authority: str) -> Trust | LocalAuthority | None:
    """The trust or the local authority that is named, made if it is new."""
    if trust and authority:
        raise typer.BadParameter("Name a trust or a local authority, not both.")
    if trust:
        return Trust.objects.get_or_create(name=trust)[0]
    if not authority:
        return None
    title = codeset("la_numbers").get(authority)
    if title is None:
        raise typer.BadParameter(f"No local authority has the number {authority}.")
    return LocalAuthority.objects.get_or_create(
        number=authority, defaults={"name": title}
    )[0]


def school(found: LAEstab) -> School:
    """The school with that number; ends where there is none."""
    try:
        return School.objects.get(la=found.la, estab=found.estab)
    except School.DoesNotExist:
        raise database.stop(f"There is no school with the number {found}.") from None


def tell(name: str, link: Link | None) -> None:
    """Print a one-time link, or say that none is needed."""
    if link is None:
        typer.echo(f"{name} signs in as before.")
        return
    typer.echo(f"Hand this link to {name}. It works once, for {LINK_LASTS.days} days:")
    typer.echo(address() + link.path)


def address() -> str:
    """How people reach this server, as far as the settings tell."""
    if settings.HORNBOOK_HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
