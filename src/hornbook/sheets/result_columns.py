"""Which columns of a sheet hold results, and of what."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from hornbook.identifiers import parse_nc_year
from hornbook.sheets.columns import columns_of, is_of_a_pupil, titles
from hornbook.sheets.subjects import (
    Meaning,
    collection_of,
    collections,
    collections_named,
    is_of_a_result,
    items,
    meaning,
    plain_words,
    years_named,
)
from hornbook.sheets.table import Row, Table, plain_heading
from hornbook.sheets.values import fits, says_nothing
from hornbook.sheets.years import names_a_year

# A heading, plainly written, and what a person said it is: an item, a field, nothing.
HeadingMap = Mapping[str, str]
NO_MAP: Final[HeadingMap] = MappingProxyType({})

_PLAIN_YEAR: Final = "year"
_MANY: Final = 2
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of results: where it is, and the items that it may be of.

    A year, or a year group, is there where the heading names one.
    """

    at: int
    items: tuple[str, ...]
    year: int | None = None
    nc_year: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumns:
    """Every column of a sheet that is of use.

    fields: those that say who a pupil is. labels and values: where every row is one
    result, what says of what, and what says which. doubtful: columns of results of
    which it cannot be said of what. spare: those that a short heading makes results of,
    and their values do not.
    """

    fields: Mapping[str, int]
    twice: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    doubtful: tuple[Column, ...] = ()
    spare: tuple[Column, ...] = ()
    year: int | None = None
    labels: tuple[int, ...] = ()
    values: tuple[int, ...] = ()
    in_play: frozenset[str] = field(default=frozenset())

    @property
    def used(self) -> frozenset[int]:
        """The place of each column that is of use."""
        places = {*self.fields.values(), *self.labels, *self.values}
        places |= {column.at for column in (*self.columns, *self.doubtful)}
        return frozenset(places | ({self.year} if self.year is not None else set()))

    @property
    def of_results(self) -> bool:
        """Whether the sheet holds any."""
        return bool(self.columns or self.doubtful or (self.labels and self.values))


def known_heading(mapping: HeadingMap) -> Callable[[str], bool]:
    """What tells a heading of pupils or results, plainly written, from other text."""
    others = frozenset().union(
        *(plain_words("columns", name) for name in ("year", "label", "value"))
    )
    return lambda plain: (
        plain in others
        or is_of_a_pupil(plain)
        or is_of_a_result(plain)
        or bool(mapping.get(plain))
    )


def result_columns(table: Table, mapping: HeadingMap) -> ResultColumns:
    """Find the columns of a sheet, but for what only its pupils can tell."""
    fields, twice = _fields(table, mapping)
    year = _year(table)
    fields = {code: at for code, at in fields.items() if at != year}
    taken = {*fields.values(), *([] if year is None else [year])}
    meant = {
        at: found
        for at in range(len(table.headings))
        if at not in taken and (found := _meant(table, at, mapping)).items
    }
    labels, values = _one_a_row(table, taken, mapping)
    for at in (*labels, *values):
        meant.pop(at, None)
    narrowed = ResultColumns(
        fields=fields,
        twice=twice,
        year=year,
        labels=labels,
        values=values,
        in_play=_in_play(table, [*meant.values(), *_labelled(table, labels, values)]),
    )
    return _sorted(table, narrowed, meant)


def _fields(
    table: Table, mapping: HeadingMap
) -> tuple[dict[str, int], tuple[str, ...]]:
    """The columns of a list of pupils; what a person said comes first."""
    plain = [plain_heading(heading) for heading in table.headings]
    found = columns_of(
        [
            "" if name in mapping else heading
            for name, heading in zip(plain, table.headings, strict=True)
        ]
    )
    said = {
        mapping[name]: at
        for at, name in reversed(list(enumerate(plain)))
        if mapping.get(name) in titles()
    }
    fields = {**found.places, **said}
    if "upn" in fields and "name" in fields and not _cut_in_two(table, fields["name"]):
        # The UPN says who it is; names that cannot be cut in two are left alone.
        del fields["name"]
    return fields, found.twice


def _cut_in_two(table: Table, at: int) -> bool:
    """Whether most names say which part is the surname: Byrne, Ada."""
    texts = _texts(table, at)
    return sum("," in text for text in texts) * 2 > len(texts)


def _year(table: Table) -> int | None:
    """The column with the school year of the results, which some only call Year."""
    for at, heading in enumerate(table.headings):
        plain = plain_heading(heading)
        texts = _texts(table, at)
        if plain == _PLAIN_YEAR and _most(texts, names_a_year):
            return at
        named = plain in plain_words("columns", "year")
        # What is in it and no year is a fault, unless the column is of year groups.
        if named and texts and not _most(texts, _is_a_year_group):
            return at
    return None


def _most(texts: Sequence[str], are: Callable[[str], bool]) -> bool:
    return sum(map(are, texts)) * 2 > len(texts)


def _is_a_year_group(text: str) -> bool:
    try:
        return bool(parse_nc_year(text))
    except ValueError:
        return False


def _texts(table: Table, at: int) -> list[str]:
    """What stands in a column, as far down as one needs to look."""
    texts = (row.cells[at] for row in table.rows)
    return [text for text in texts if not says_nothing(text)][:_LOOKED_AT]


def _meant(table: Table, at: int, mapping: HeadingMap) -> Meaning:
    """What a heading means: as a person said, by itself, or with what is over it."""
    heading = table.headings[at]
    plain = plain_heading(heading)
    if plain in mapping:
        said = (mapping[plain],) if mapping[plain] in items() else ()
        return replace(years_named(heading), items=said, sure=bool(said))
    alone = meaning(heading)
    if alone.sure and len(alone.items) == 1:
        return alone
    joined = meaning(f"{_over(table, at)} {heading}") if heading else Meaning()
    return joined if joined.sure else alone


def _over(table: Table, at: int) -> str:
    """What stands over a heading, which may be over several."""
    if not table.above:
        return ""
    before = table.above[-1][: at + 1]
    return next((text for text in reversed(before) if text), "")


def _one_a_row(
    table: Table, taken: set[int], mapping: HeadingMap
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of a sheet in which a row is one result; none where it is not."""
    labels, values = [], []
    for at, heading in enumerate(table.headings):
        plain = plain_heading(heading)
        if at in taken or plain in mapping:
            continue
        if plain in plain_words("columns", "label"):
            labels.append(at)
        elif plain in plain_words("columns", "value"):
            values.append(at)
    return (tuple(labels), tuple(values)) if labels and values else ((), ())


def _labelled(
    table: Table, labels: tuple[int, ...], values: tuple[int, ...]
) -> Iterator[Meaning]:
    """What the rows are results of, each once, where every row is one."""
    said = dict.fromkeys(label_of(row, labels) for row in table.rows)
    for label in said if labels else ():
        for at in values:
            yield labelled(label, table.headings[at])


def label_of(row: Row, labels: Iterable[int]) -> str:
    """What a row says that it is a result of."""
    return " ".join(filter(None, (row.cells[at] for at in labels)))


def labelled(label: str, heading: str) -> Meaning:
    """What a value is of, by the row's label and the heading it stands under."""
    if plain_heading(heading) in plain_words("columns", "silent"):
        return meaning(label)
    together = meaning(f"{label} {heading}")
    return together if together.items else meaning(label)


def _in_play(table: Table, meant: Iterable[Meaning]) -> frozenset[str]:
    """The collections that the sheet, its titles or several headings point to."""
    every = list(meant)
    sure = {
        collection_of(one.items[0]) for one in every if one.sure and len(one.items) == 1
    }
    if sure:
        return frozenset(sure)
    titled = collections_named(" ".join(titles_of(table)))
    if titled:
        return titled
    pointed = Counter(
        whole
        for one in every
        if len(whole_of := {collection_of(item) for item in one.items}) == 1
        for whole in whole_of
    )
    return frozenset(whole for whole, times in pointed.items() if times >= _MANY)


def titles_of(table: Table) -> Iterator[str]:
    """What stands over a sheet, its own name, and the file's."""
    yield table.name
    yield table.sheet or ""
    for row in table.above:
        yield from row


def _sorted(
    table: Table, found: ResultColumns, meant: Mapping[int, Meaning]
) -> ResultColumns:
    """The columns that can be read, and those of which it cannot be said of what."""
    columns, doubtful, spare = [], [], []
    told = {item for one in meant.values() if one.sure for item in one.items}
    for at, one in meant.items():
        narrowed = _narrowed(_not_told(one, told), found.in_play)
        column = Column(at, narrowed.items, narrowed.year, narrowed.nc_year)
        fitting = one.sure or any(_could_be(table, at, item) for item in one.items)
        if not fitting and told.issuperset(column.items):
            continue
        if len(column.items) == 1 and (
            one.sure or collection_of(column.items[0]) in found.in_play
        ):
            columns.append(column)
        elif fitting:
            doubtful.append(column)
        else:
            spare.append(column)
    return replace(
        found, columns=tuple(columns), doubtful=tuple(doubtful), spare=tuple(spare)
    )


def _not_told(one: Meaning, told: set[str]) -> Meaning:
    """Short words without what a full heading beside them means, if more is left."""
    left = tuple(item for item in one.items if item not in told)
    return one if one.sure or not left else replace(one, items=left)


def _narrowed(one: Meaning, in_play: frozenset[str]) -> Meaning:
    """Without what is of other collections, or of other year groups than it names."""
    if len({collection_of(item) for item in one.items}) == 1:
        return one
    if one.nc_year:
        group = {c for c, each in collections().items() if one.nc_year in each.nc_years}
        one = one.among(frozenset(group)) if one.among(frozenset(group)).items else one
    narrowed = one.among(in_play)
    return narrowed if narrowed.items else one


def _could_be(table: Table, at: int, item: str) -> bool:
    return fits(items()[item], _texts(table, at))


def settled(
    table: Table, found: ResultColumns, nc_years: frozenset[str]
) -> ResultColumns:
    """With what the year groups of the sheet's pupils tell of the doubtful columns."""
    columns, doubtful = list(found.columns), []
    for column in found.doubtful:
        groups = {column.nc_year} if column.nc_year else nc_years
        likely = tuple(
            item
            for item in column.items
            if groups.intersection(collections()[collection_of(item)].nc_years)
            and _could_be(table, column.at, item)
        )
        if likely:
            columns.append(replace(column, items=likely))
        else:
            doubtful.append(column)
    columns += _beside(columns, found.spare)
    return replace(found, columns=tuple(columns), doubtful=tuple(doubtful), spare=())


def _beside(columns: Iterable[Column], spare: Iterable[Column]) -> Iterator[Column]:
    """Columns that belong to a collection which others are of, whatever they hold."""
    held = {collection_of(item) for column in columns for item in column.items}
    for column in spare:
        mine = [item for item in column.items if collection_of(item) in held]
        if len(mine) == 1:
            yield replace(column, items=tuple(mine))
