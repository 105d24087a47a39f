"""Which pupils a text names: by UPN however it is typed, or by name in either order.

A surname by itself is enough where one pupil of the file has it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
# Up to four words with capitals, and then a colon, a dash, or what is said of them.
_BEGUN: Final = re.compile(
    r"\W*([A-Z][\w'\u2019-]+(?:,?\s+[A-Z][\w'\u2019-]+){0,3})"
    r"(?:\s*:|\s+[\u2013\u2014-]\s|\s+(?:has|is|was)\b)"
)
_ABBREVIATED: Final = re.compile(r"[A-Z\d]{2,4}s?")
_PIECE: Final = re.compile(r"[^\W\d_]{2,}")
# What may stand beside names in a list of pupils.
_OF_A_LIST: Final = frozenset({"and", "or", "class", "year", "upn", "dob", "born"})


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil who may be named; key is the caller's.

    in_file is whether the file that the text is about holds the pupil.
    """

    key: int
    upn: str
    surname: str
    forename: str
    former_upns: tuple[str, ...] = ()
    in_file: bool = True


@dataclass(frozen=True, slots=True)
class Stranger:
    """A UPN that is nobody's; near are those whose UPN differs in one character."""

    upn: str
    near: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Who is named for certain, who only may be, and the UPNs that are nobody's.

    by_upn are those whose UPN is there; at_odds are those who are named beside the UPNs
    of others; besides is how many words stand there that are of no pupil.
    """

    pupils: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    by_upn: tuple[int, ...] = ()
    at_odds: tuple[int, ...] = ()
    besides: int = 0

    def __bool__(self) -> bool:
        return bool(self.pupils or self.perhaps or self.strangers)


class Roll:
    """The pupils by UPN, by name in either order, and by surname with an initial."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._people: dict[int, Known] = {}
        self._upns: dict[str, list[int]] = {}
        self._near: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._initials: dict[str, list[int]] = {}
        self._surnames: dict[str, list[int]] = {}
        for one in people:
            self._add(one)

    def _add(self, one: Known) -> None:
        self._people[one.key] = one
        for upn in map(_spelt, (one.upn, *one.former_upns)):
            self._upns.setdefault(upn, []).append(one.key)
            for mistyped in _but_for_one(upn):
                self._near.setdefault(mistyped, []).append(one.key)
        _either_way(self._names, one.forename, one.surname, one.key)
        for short in _shortened(one.forename):
            _either_way(self._initials, short, one.surname, one.key)
        if one.in_file:
            self._surnames.setdefault(name_key(one.surname), []).append(one.key)

    def named_in(self, text: str, said: Collection[str] = ()) -> Named:
        """Who is named: by UPN, and by surname and forename.

        said are the words of the text that say what is wrong: no surname is among them.
        """
        upns = [_spelt(found) for found in _UPN.findall(text)]
        by_upn = _once(key for upn in upns for key in self._upns.get(upn, ()))
        plain = _UPN.sub(" ", text)
        rest = _WORD.findall(plain)
        bare = [word for word in rest if not _LABEL.fullmatch(word)]
        by_name = _others(by_upn, self._by_name(rest, bare))
        named = _once([*by_upn, *by_name])
        perhaps = () if named else self._perhaps(plain, rest, bare, said)
        agreed = {one for one in by_upn if self._is_named(one, rest, bare)}
        return Named(
            named,
            perhaps,
            tuple(self._stranger(one) for one in _once(upns) if one not in self._upns),
            by_upn=by_upn,
            at_odds=by_name if by_upn and not agreed else (),
            besides=self._besides(bare, (*named, *perhaps)),
        )

    def _by_name(
        self, rest: Sequence[str], bare: Sequence[str]
    ) -> list[tuple[int, ...]]:
        """Whoever has a name that stands there, all of one name together."""
        return [*_found(self._names, rest), *_found(self._names, bare)]

    def _is_named(self, key: int, rest: Sequence[str], bare: Sequence[str]) -> bool:
        return any(key in found for found in self._by_name(rest, bare))

    def _perhaps(
        self, text: str, rest: Sequence[str], bare: Sequence[str], said: Collection[str]
    ) -> tuple[int, ...]:
        """Who may be meant by less than a whole name; by a surname only if no other."""
        short = [*_found(self._initials, rest), *_found(self._initials, bare)]
        found = [*(key for keys in short for key in keys)]
        found += self._with_middle_names(bare)
        return _once(found or self._by_surname(text, said))

    def _by_surname(self, text: str, said: Collection[str]) -> Iterator[int]:
        """The one pupil of the file with a surname that stands there by itself."""
        for run in _capitalised(text, said):
            keys = self._surnames.get(name_key(*run), ())
            if len(keys) == 1:
                yield keys[0]

    def _besides(self, bare: Sequence[str], keys: Iterable[int]) -> int:
        """How many words are of none of these pupils' names, and of no list."""
        whole = " ".join(
            f"{self._people[key].surname} {self._people[key].forename}" for key in keys
        )
        own = set(map(name_key, _PIECE.findall(whole)))
        words = map(name_key, _PIECE.findall(" ".join(bare)))
        return sum(word not in own and word not in _OF_A_LIST for word in words)

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


def _found(
    names: Mapping[str, Sequence[int]], words: Sequence[str]
) -> Iterator[tuple[int, ...]]:
    """Whoever has a run of words, two at the least, as name."""
    keys = [name_key(word) for word in words]
    for start in range(len(keys)):
        for end in range(start + 2, min(start + _LONGEST_NAME, len(keys)) + 1):
            found = names.get("".join(keys[start:end]), ())
            if found:
                yield tuple(found)


def _others(
    by_upn: Collection[int], found: Iterable[tuple[int, ...]]
) -> tuple[int, ...]:
    """Those by name, but for the namesakes of whoever a UPN says."""
    return _once(
        key for keys in found if not any(one in by_upn for one in keys) for key in keys
    )


def _capitalised(text: str, said: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The words with a capital that stand together, but for labels and what is said."""
    run: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        word, between = found.group(), text[end : found.start()]
        end = found.end()
        if between.strip(" ,") and run:
            yield tuple(run)
            run = []
        if word[0].isupper() and not _LABEL.fullmatch(word):
            if word.casefold() not in said:
                run.append(word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def seems_named(text: str, said: Collection[str]) -> str:
    """What begins a text as a name does, before what is said of it; blank if none."""
    begun = _BEGUN.match(text)
    words = _WORD.findall(begun.group(1)) if begun else []
    name = [word for word in words if not _LABEL.fullmatch(word)]
    if any(word.casefold() in said or _ABBREVIATED.fullmatch(word) for word in name):
        return ""
    return " ".join(name)


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _but_for_one(upn: str) -> Iterator[str]:
    """A UPN with each of its characters left open in turn."""
    return (f"{upn[:at]}?{upn[at + 1 :]}" for at in range(len(upn)))


def _spelt(upn: str) -> str:
    """A UPN with capitals and noughts; a check letter is never O."""
    return _SPACES.sub("", upn).upper().replace("O", "0")
