"""Numbers and lists as people say them."""

from collections.abc import Sequence


def many(number: int, one: str, more: str = "") -> str:
    """1 error, 2 errors, 3,000 queries; more where an s is not enough."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def are(number: int) -> str:
    """The verb that goes with a number: 1 is, 2 are."""
    return "is" if number == 1 else "are"


def how_often(number: int) -> str:
    """Once; 2 times."""
    return "once" if number == 1 else f"{number} times"


def listed(parts: Sequence[str], joined: str = "and") -> str:
    """One; one and two; one, two and three."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joined} {parts[-1]}"


def few(parts: Sequence[str], most: int) -> str:
    """The first few in one list with how many more: one, two and 3 more."""
    more = len(parts) - most
    return listed([*parts[:most], f"{more} more"] if more > 0 else parts)


def sentences(said: Sequence[str], most: int) -> str:
    """The first few sentences, and one that says how many more there are."""
    more = len(said) - most
    return " ".join([*said[:most], *([f"And {more} more."] if more > 0 else [])])
