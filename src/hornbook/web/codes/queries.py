"""The codes that files had, and what each stands for."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Sum

from hornbook.records import Combination, Result
from hornbook.rulebook.items import Item
from hornbook.rulebook.load import LEFT_OUT, rulebook, years
from hornbook.rulebook.mapping import MAPPING_FILE, held, meanings, unmapped
from hornbook.rulebook.presumed import collection_of_tests, place
from hornbook.web.codes.models import CODES, MetCodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Five codes: how often and where they were met, and what they stand for.

    meaning is an item's full code, LEFT_OUT, or blank; presumed is what they are taken
    for where nobody has said.
    """

    combination: Combination
    results: int = 0
    schools: int = 0
    example: str = ""
    meaning: str = ""

    @property
    def name(self) -> str:
        """As a field of a form is called."""
        return "-".join(self.combination)

    @property
    def collection(self) -> str:
        """The collection whose tests they may be of."""
        return collection_of_tests(self.combination) or ""

    @property
    def presumed(self) -> Item | None:
        """What they are taken for, as their qualifier tells."""
        result = Result(self.combination, "", self.example)
        placed = place(rulebook(years()[-1]), result)
        return placed.item if placed else None

    @property
    def open(self) -> bool:
        """Whether their results are not brought in and nobody has said why."""
        return not self.meaning and self.presumed is None


def mapping_file() -> Path:
    """Where what the codes stand for is written down."""
    return Path(settings.HORNBOOK_HOME) / MAPPING_FILE


def codes() -> list[Codes]:
    """Every five codes met in a file or written down, the open ones first.

    Raises RulebookError where what is written down cannot be read.
    """
    known = {
        combination: meaning
        for combination, meaning in meanings(held(mapping_file())).items()
        if collection_of_tests(combination)
    }
    found = {
        combination: Codes(combination=combination, meaning=meaning)
        for combination, meaning in known.items()
    }
    rows = MetCodes.objects.values(*CODES).annotate(
        met=Sum("results"), schools=Count("school"), shown=Max("example")
    )
    for row in rows:
        combination = Combination(*(row[code] for code in CODES))
        found[combination] = Codes(
            combination=combination,
            results=row["met"],
            schools=row["schools"],
            example=row["shown"],
            meaning=known.get(combination, ""),
        )
    return sorted(found.values(), key=lambda one: (not one.open, one.combination))


def choices(collection: str) -> list[Item]:
    """What codes of a collection's tests may stand for."""
    book = rulebook(years()[-1])
    return [item for item in unmapped(book) if item.collection == collection]


def in_words(meaning: str) -> str:
    """What was decided, for people."""
    if meaning == LEFT_OUT:
        return "left out"
    return rulebook(years()[-1]).item(meaning).title if meaning else "not decided"
