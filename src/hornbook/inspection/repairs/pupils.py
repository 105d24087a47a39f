"""Repairs of who a pupil is: UPN, names, sex, year group."""

from collections.abc import Iterator
from typing import Final

from hornbook.ctf.convert import FIELDS
from hornbook.ctf.edits import TYPED
from hornbook.ctf.elements import order_in
from hornbook.ctf.trees import Branch
from hornbook.inspection.repairs.offers import Choice, Spot, repair

_PUPIL: Final = "Pupil"
_BASIC: Final = "BasicDetails"
_YEAR_GROUP: Final = "NCyearActual"
_SEX: Final = ("Sex", "Gender")
# Characters that recipients refuse, and the plain ones that stand for them.
_PLAIN: Final = (
    ("\u2018\u2019\u201a\u201b\u02bc\u00b4\u0060\u2032", "'"),
    ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    ("\u00a0\u2000\u2001\u2002\u2003\u2007\u2009\u202f\t\r\n", " "),
    ('\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u201c\u201d\u201e"', ""),
)
_PLAINER: Final = {
    ord(odd): plain for characters, plain in _PLAIN for odd in characters
}


def _element(spot: Spot) -> Branch | None:
    """The element that the finding is about."""
    name = spot.finding.element or ""
    paths = [path for path in FIELDS if path == name or path.endswith(f"/{name}")]
    found = (spot.tree.root.at(path) for path in paths)
    return next((branch for branch in found if branch), None)


@repair("P02")
def write_likely_upn(spot: Spot) -> Iterator[Choice]:
    """Write the UPN of the list, a sound one a slip away, or one that is typed."""
    upn = spot.tree.root.kid("UPN")
    if upn is None:
        return
    for listed in _listed(spot):
        yield Choice(
            words=f"Write {listed}, the UPN on the list for this name and date of "
            "birth.",
            edits=(spot.tree.write(upn, listed),),
        )
    for likely in spot.fault.facts["candidates"]:
        yield Choice(
            words=f"Write {likely}, which is one slip away.",
            edits=(spot.tree.write(upn, likely),),
        )
    yield Choice(
        words="Write the UPN that you type.",
        edits=(spot.tree.write(upn, TYPED),),
        asks_for="UPN",
    )


@repair("P05")
def write_upn_in_shape(spot: Spot) -> Iterator[Choice]:
    """The same, for a UPN of another shape."""
    yield from write_likely_upn(spot)


def _listed(spot: Spot) -> Iterator[str]:
    """The UPN that the list of pupils has, where one pupil on it is this one."""
    if spot.pupil is None or spot.context.expected is None:
        return
    listed = spot.context.expected.alike(spot.pupil.record)
    if listed:
        yield listed


@repair("P10")
def rename_gender(spot: Spot) -> Iterator[Choice]:
    """Give the element the name that the version has."""
    yield from _renamed(spot, *reversed(_SEX))


@repair("P11")
def rename_sex(spot: Spot) -> Iterator[Choice]:
    """Give the element the name that the version had."""
    yield from _renamed(spot, *_SEX)


def _renamed(spot: Spot, old: str, new: str) -> Iterator[Choice]:
    """Another name for the element; or, where both stand, one of them out."""
    tree = spot.tree
    named, right = tree.root.kid(old), tree.root.kid(new)
    if named is None:
        return
    if right is None:
        yield Choice(words=f"Name it {new}.", edits=tree.rename(named, new))
        return
    yield Choice(
        words=f"Take {old} out: {new} stands beside it.",
        edits=(tree.take_out(named),),
        unasked=named.text.strip() == right.text.strip(),
    )


@repair("P13")
def write_plain_characters(spot: Spot) -> Iterator[Choice]:
    """Write plain apostrophes, hyphens and spaces in a name."""
    branch, name = _element(spot), spot.finding.value or ""
    plain = " ".join(name.translate(_PLAINER).split())
    plain = "".join(letter for letter in plain if letter.isprintable())
    if branch and plain and plain != name:
        yield Choice(words=f"Write {plain}.", edits=(spot.tree.write(branch, plain),))


@repair("P14")
def take_out_spaces(spot: Spot) -> Iterator[Choice]:
    """Take the spaces out that are too many."""
    branch = spot.result.kid("Result") if spot.index is not None else _element(spot)
    if branch:
        tidy = " ".join((spot.finding.value or "").split())
        yield Choice(
            words="Take the spaces out.", edits=(spot.tree.write(branch, tidy),)
        )


@repair("P16")
def write_year_group(spot: Spot) -> Iterator[Choice]:
    """Write one of the year groups that are assessed, the one of the age first."""
    tree = spot.tree
    basic = tree.root.kid(_BASIC)
    for group in spot.fault.facts["groups"]:
        if basic is None:
            content = f"<{_YEAR_GROUP}>{group}</{_YEAR_GROUP}>"
            edit = tree.insert(tree.root, _BASIC, content, order_in(_PUPIL))
        else:
            order = order_in(f"{_PUPIL}/{_BASIC}")
            edit = tree.put(basic, _YEAR_GROUP, group, order)
        yield Choice(words=f"Write year group {group}.", edits=(edit,))
