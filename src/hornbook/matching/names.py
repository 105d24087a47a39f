"""Every way in which a list may write the name of one pupil, and no other way."""

from collections.abc import Iterator

from hornbook.matching.people import name_key
from hornbook.records import Pupil


def spellings(pupil: Pupil) -> frozenset[str]:
    """The keys of the legal, preferred and former names, with either name first."""
    surnames = {pupil.surname, pupil.preferred_surname, pupil.former_surname}
    return frozenset(
        name_key(*order)
        for forename in _forenames(pupil)
        for surname in filter(None, surnames)
        for order in ((forename, surname), (surname, forename))
    )


def _forenames(pupil: Pupil) -> Iterator[str]:
    yield from filter(None, {pupil.forename, pupil.preferred_forename})
    if pupil.middle_names:
        yield f"{pupil.forename or ''} {pupil.middle_names}"
