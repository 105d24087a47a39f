"""Numbers and lists as people say them."""

from collections.abc import Sequence


def many(number: int, one: str, more: str = "") -> str:
    """1 error, 2 errors, 3,000 queries; more where an s is not enough."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def listed(parts: Sequence[str], joined: str = "and") -> str:
    """One; one and two; one, two and three."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joined} {parts[-1]}"
