"""Which pupils a text names: by UPN however it is typed, or by name in either order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from hornbook.matching.people import name_key

T = TypeVar("T")

_WORD: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")  # noqa: RUF001
# A UPN as it is typed: with a small letter, with O for 0, or in groups.
_UPN: Final = re.compile(
    r"(?<![^\W_])[A-Z](?:[ \u00a0-]?[\dO]){11}[ \u00a0-]?[\dA-Z](?![^\W_])",
    re.IGNORECASE,
)
_SPACES: Final = re.compile(r"[\s-]+")
_LONGEST_NAME: Final = 6
# What stands between the parts of a name in a table or a form.
_LABEL: Final = re.compile(
    r"(?:sur|fore|first|last|middle)?names?|forenames|first|last|legal|given|family"
    r"|middle|pupil|student|child|td|tr",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil who may be named; key is the caller's."""

    key: int
    upn: str
    surname: str
    forename: str
    former_upns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stranger:
    """A UPN that is nobody's; near are those whose UPN differs in one character."""

    upn: str
    near: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Who is named for certain, who only may be, and the UPNs that are nobody's."""

    pupils: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()
    strangers: tuple[Stranger, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pupils or self.perhaps or self.strangers)


class Roll:
    """The pupils by UPN, by name in either order, and by surname with an initial."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._upns: dict[str, list[int]] = {}
        self._near: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._initials: dict[str, list[int]] = {}
        for one in people:
            for upn in map(_spelt, (one.upn, *one.former_upns)):
                self._upns.setdefault(upn, []).append(one.key)
                for mistyped in _but_for_one(upn):
                    self._near.setdefault(mistyped, []).append(one.key)
            _either_way(self._names, one.forename, one.surname, one.key)
            for short in _shortened(one.forename):
                _either_way(self._initials, short, one.surname, one.key)

    def named_in(self, text: str) -> Named:
        """Who is named: by UPN where there is one, else by surname and forename."""
        upns = [_spelt(found) for found in _UPN.findall(text)]
        by_upn = [key for upn in upns for key in self._upns.get(upn, ())]
        rest = _WORD.findall(_UPN.sub(" ", text))
        bare = [word for word in rest if not _LABEL.fullmatch(word)]
        named = _once(
            by_upn or [*_found(self._names, rest), *_found(self._names, bare)]
        )
        perhaps = [
            *_found(self._initials, rest),
            *_found(self._initials, bare),
            *self._with_middle_names(bare),
        ]
        return Named(
            named,
            () if named else _once(perhaps),
            tuple(self._stranger(one) for one in _once(upns) if one not in self._upns),
        )

    def _with_middle_names(self, words: Sequence[str]) -> Iterator[int]:
        """Whoever has three words as name, but for the one in the middle."""
        for first, middle, last in zip(words, words[1:], words[2:], strict=False):
            if middle[:1].isupper():
                yield from self._names.get(name_key(first, last), ())

    def _stranger(self, upn: str) -> Stranger:
        alike = (key for one in _but_for_one(upn) for key in self._near.get(one, ()))
        return Stranger(upn, _once(alike))


def _shortened(forename: str) -> set[str]:
    """A forename by its initial, and by the first of several."""
    first, *others = forename.split() or [""]
    return {forename[:1], first} if others else {forename[:1]}


def _either_way(
    names: dict[str, list[int]], forename: str, surname: str, key: int
) -> None:
    for name in {name_key(forename, surname), name_key(surname, forename)}:
        names.setdefault(name, []).append(key)


def _found(names: dict[str, list[int]], words: Sequence[str]) -> Iterator[int]:
    """Whoever has a run of words, two at the least, as name."""
    keys = [name_key(word) for word in words]
    for start in range(len(keys)):
        for end in range(start + 2, min(start + _LONGEST_NAME, len(keys)) + 1):
            yield from names.get("".join(keys[start:end]), ())


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _but_for_one(upn: str) -> Iterator[str]:
    """A UPN with each of its characters left open in turn."""
    return (f"{upn[:at]}?{upn[at + 1 :]}" for at in range(len(upn)))


def _spelt(upn: str) -> str:
    """A UPN with capitals and noughts; a check letter is never O."""
    return _SPACES.sub("", upn).upper().replace("O", "0")
