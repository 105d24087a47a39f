"""What was not checked, in words: "no errors" never means more than was looked at."""

from collections.abc import Iterator, Mapping

from hornbook.checks.cases import Tally

_NO_LIST = "Whether every pupil who should be here is: no list of pupils was given."
_BROKEN = "Whatever comes after the place where the reading stopped."


def not_checked(
    *,
    tally: Tally,
    listed: bool,
    unknown: Mapping[str, int],
    left_out: Mapping[str, int],
) -> Iterator[str]:
    """What no rule looked at, a sentence each; listed: a list of pupils was given."""
    for what, count in sorted(tally.unjudged.items()):
        yield f"{what[:1].upper()}{what[1:]} were not checked ({count:,})."
    if unknown:
        names = ", ".join(f"{path} ({count})" for path, count in unknown.items())
        yield f"Elements that are not in the specification: {names}."
    if left_out:
        counts = ", ".join(f"{count} {what}" for what, count in left_out.items())
        yield f"Personal details that Hornbook reads past and never keeps: {counts}."
    if tally.pupils and not listed:
        yield _NO_LIST


def stopped() -> Iterator[str]:
    """What is said where a file could not be read to its end."""
    yield _BROKEN
