"""Letters to parents: those of a class or of one pupil, and their PDF."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import formats

from hornbook.identifiers import AcademicYear
from hornbook.reports.compared import NO_ENGLAND, compared
from hornbook.reports.letters import Letter, Letters, items_told, letters_for
from hornbook.reports.table import Report
from hornbook.rulebook.letters import LetterFacts
from hornbook.web.reporting import queries
from hornbook.web.reporting.models import Letterhead
from hornbook.web.reporting.printing import pdf
from hornbook.web.reporting.queries import Named
from hornbook.web.reporting.reader import Reader, outside
from hornbook.web.results.queries import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The letters of one kind and year, with names, in the order of a register."""

    made: Letters
    names: Mapping[int, Named]
    compared: Report | None
    commentaries: Mapping[int, str] = field(default_factory=dict)

    @property
    def classes(self) -> list[str]:
        """The classes that letters go to."""
        return sorted({self.names[one.key].class_name for one in self.made.letters})

    @property
    def rows(self) -> list[tuple[Named, Letter]]:
        """Each pupil with their letter, by class and name."""
        rows = [(self.names[one.key], one) for one in self.made.letters]
        return sorted(rows, key=lambda row: (row[0].class_name, row[0]))

    @property
    def clashing(self) -> list[tuple[Named, Letter]]:
        """The letters in which a score and its outcome say different things."""
        return [row for row in self.rows if row[1].clashing]

    @property
    def without(self) -> list[Named]:
        """The pupils on roll of whom nothing is recorded."""
        return sorted(self.names[key] for key in self.made.without)

    @property
    def unwritten(self) -> int:
        """How many letters have nothing on progress yet, where they must have it."""
        return sum(named.key not in self.commentaries for named, _ in self.to_write_in)

    @property
    def to_write_in(self) -> list[tuple[Named, Letter]]:
        """The letters in which the school adds words of its own."""
        return [row for row in self.rows if row[1].to_write]

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the school must know of England's figures before it sends them."""
        return self.compared.notes if self.compared else ()

    @property
    def no_england(self) -> list[str]:
        """The measures of which no national figure is held."""
        rows = self.compared.rows if self.compared else ()
        return [str(name) for name, _, england in rows if england == NO_ENGLAND]

    def chosen(self, class_name: str, pupil: str) -> list[tuple[Named, Letter]]:
        """The letters of a class, or of one pupil; all where neither is named."""
        return [
            (named, letter)
            for named, letter in self.rows
            if class_name in {"", named.class_name} and pupil in {"", str(named.key)}
        ]


def post(reader: Reader, facts: LetterFacts, year: AcademicYear) -> Post:
    """The letters that a person may see."""
    pupils = queries.cohorts(reader.sight, [year], items_told(facts, year))[year]
    names = queries.names(reader.user, reader.school, year)
    forenames = {key: named.called for key, named in names.items()}
    school = None
    if facts.compared:
        whole = queries.cohorts(Sight.whole(reader.school), [year])[year]
        school = compared(facts, year, whole, outside, queries.england(reader.school))
    made = letters_for(facts, year, pupils, forenames)
    written: dict[int, str] = {}
    if facts.is_written_in:
        written = queries.commentaries(reader.user, reader.school, facts, year)
    return Post(made=made, names=names, compared=school, commentaries=written)


def as_pdf(
    sent: Post,
    rows: Iterable[tuple[Named, Letter]],
    head: Letterhead,
    today: date,
) -> bytes:
    """One pupil a page."""
    return pdf("letters", _data(sent, rows, head, today))


def _data(
    sent: Post,
    rows: Iterable[tuple[Named, Letter]],
    head: Letterhead,
    today: date,
) -> Mapping[str, object]:
    table = sent.compared
    return {
        "title": f"{sent.made.facts.title}, {sent.made.year}",
        "heading": head.heading or head.school.name,
        "day": formats.date_format(today),
        "opening": list(_paragraphs(head.opening)),
        "closing": list(_paragraphs(head.closing)),
        "signed": head.signed,
        "compared": table and {"headings": table.headings, "rows": table.rows},
        "letters": [
            _letter(named, letter) | {"written": sent.commentaries.get(named.key, "")}
            for named, letter in rows
        ],
    }


def _letter(named: Named, letter: Letter) -> dict[str, object]:
    return {
        "name": named.on_a_letter,
        "born": named.born,
        "class": named.class_name,
        "opening": letter.opening,
        "results": letter.results,
        "to_write": letter.to_write,
        "closing": letter.closing,
    }


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text, an empty line between them."""
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        if paragraph.strip():
            yield " ".join(paragraph.split())
