"""A recipient's profile as a small file: read from an upload, and given away."""

from typing import Final

from django.http import HttpResponse

from hornbook.rulebook.load import RulebookError
from hornbook.rulebook.profiles import Profile, parse, printed
from hornbook.web.downloads import attached

_LONGEST: Final = 40


class NoProfile(Exception):
    """The file is no profile of the recipient; the words say why."""


def taken(content: bytes, recipient: str) -> Profile:
    """The profile in a file's bytes; NoProfile where there is none of the recipient."""
    try:
        profile = parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise NoProfile("This is no text file.") from fault
    except RulebookError as fault:
        raise NoProfile(str(fault)) from fault
    if profile.recipient != recipient:
        raise NoProfile(
            f"This profile is of {profile.name} ({profile.recipient}). This page is "
            f"about {recipient}."
        )
    return profile


def given(profile: Profile) -> HttpResponse:
    """The profile as a file, named after the recipient."""
    letters = "".join(letter for letter in profile.name.lower() if letter.isalnum())
    name = letters.encode("ascii", "ignore").decode()[:_LONGEST] or profile.recipient
    content = printed(profile).encode()
    return attached(content, "application/toml; charset=utf-8", f"{name}.toml")
