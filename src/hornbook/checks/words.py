"""Lists and year groups in words, for messages."""

from collections.abc import Sequence


def either(choices: Sequence[str]) -> str:
    """In words: a, b or c."""
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last


def listed(things: Sequence[str]) -> str:
    """In words: a, b and c."""
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last
