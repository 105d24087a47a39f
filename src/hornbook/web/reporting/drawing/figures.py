"""Bars, distributions and lines over years."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from hornbook.reports.charts import Bar, Bars, Distribution, Lines
from hornbook.reports.over_time import Point
from hornbook.web.reporting.drawing.shapes import (
    FAINT,
    HATCH,
    INK,
    LINE,
    PAPER,
    SCHOOL,
    Box,
    Dot,
    Picture,
    Stroke,
    Words,
)

WIDTH: Final = 780
_LABEL: Final = 290
_LETTERS: Final = 44
_ROOM: Final = 190
_ROW: Final = 30
_FOOT: Final = 44
_TICKS: Final = (0, 25, 50, 75, 100)


def bars(chart: Bars) -> Picture:
    """Bars to the right, England as a line across each with a diamond on it."""
    span = WIDTH - _LABEL - _ROOM
    height = len(chart.bars) * _ROW
    boxes, rules, texts = [], [], []
    strokes: list[Stroke] = []
    for tick in _TICKS:
        x = _LABEL + span * tick / 100
        rules.append(Stroke(((x, 0), (x, height)), FAINT))
        texts.append(Words(x, height + 16, f"{tick}%", "middle", 12, LINE))
    for number, bar in enumerate(chart.bars):
        y = number * _ROW + 5
        if bar.value is not None:
            long = span * float(bar.value) / 100
            boxes.append(Box(_LABEL, y, long, _ROW - 10))
        texts += _bar_words(bar, y + 15, span)
        strokes += _marker(bar, y, span)
    if strokes:
        texts.append(Words(_LABEL, height + 36, "◆ England", size=12))
    return Picture(
        WIDTH,
        height + _FOOT,
        chart.words,
        tuple(rules),
        tuple(boxes),
        tuple(strokes),
        texts=tuple(texts),
    )


def _bar_words(bar: Bar, y: float, span: float) -> Iterator[Words]:
    yield from _label(bar.label, y)
    text = bar.figure if bar.value is None else bar.text
    yield Words(_LABEL + span + 8, y, text, bold=True)


def _label(text: str, y: float) -> Iterator[Words]:
    """At the left of a bar, in two lines where one has no room."""
    lines = wrap(text, _LETTERS)
    size = 13 if len(lines) == 1 else 11.5
    for at, words in enumerate(lines[:2]):
        lower = 13 * at - 6.5 * (len(lines[:2]) - 1)
        yield Words(_LABEL - 8, y + lower, words, "end", size)


def _marker(bar: Bar, y: float, span: float) -> Iterator[Stroke]:
    """A white line under a black one, seen on a bar and beside it."""
    if bar.england is None:
        return
    x = _LABEL + span * float(bar.england) / 100
    yield Stroke(((x, y - 3), (x, y + _ROW - 7)), PAPER, 6)
    yield Stroke(((x, y - 3), (x, y + _ROW - 7)), INK, 2.5)
    middle = y + (_ROW - 10) / 2
    yield Stroke(
        (
            (x - 4, middle),
            (x, middle - 5),
            (x + 4, middle),
            (x, middle + 5),
            (x - 4, middle),
        ),
        INK,
        3,
    )


_TALL: Final = 160
_TOP: Final = 40


def distribution(chart: Distribution) -> Picture:
    """A column a mark; those below the standard are hatched."""
    highest = max((count for _, count in chart.columns), default=0) or 1
    step = WIDTH / len(chart.columns)
    base = _TOP + _TALL
    boxes, texts = [], []
    for number, (mark, count) in enumerate(chart.columns):
        tall = _TALL * count / highest
        below = chart.threshold is not None and mark < chart.threshold
        fill = HATCH if below else SCHOOL
        x = number * step
        if count:
            boxes.append(Box(x + 1, base - tall, step - 2, tall, fill, SCHOOL))
            middle = x + step / 2
            texts.append(Words(middle, base - tall - 4, str(count), "middle", 11))
        if mark % 5 == 0:
            texts.append(Words(x + step / 2, base + 16, str(mark), "middle", 12))
    strokes = [Stroke(((0, base), (WIDTH, base)), INK)]
    if chart.threshold is not None:
        x = (chart.threshold - chart.columns[0][0]) * step
        strokes.append(Stroke(((x, 12), (x, base)), INK, 2, "6 4"))
        words = f"Meets the standard from {chart.threshold}"
        texts.append(Words(x - 6, 14, words, "end", 12))
    texts.append(Words(0, base + 34, "Marks; above each column the pupils", size=12))
    return Picture(
        WIDTH,
        base + 42,
        chart.words,
        boxes=tuple(boxes),
        strokes=tuple(strokes),
        texts=tuple(texts),
    )


_LEFT: Final = 50
_ABOVE: Final = -9
_BELOW: Final = 19
# Under a figure that stands below a mark at nought.
_YEARS: Final = 36


def lines(chart: Lines) -> Picture:
    """The school as a whole line with dots, England as a dashed one with squares."""
    scale = _Scale(chart)
    school = [(scale.x(one), scale.y(one.shown.value), one) for one in scale.shown]
    runs = [scale.england(run) for run in chart.trend.national_runs]
    england = [place for run in runs for place in run]
    texts = [
        Words(scale.x(one), _TOP + _TALL + _YEARS, str(one.year), "middle", 12)
        for one in scale.points
    ]
    for one in scale.points:
        texts += scale.figures(one)
    texts.append(
        Words(
            _LEFT, _TOP + _TALL + _YEARS + 20, "● School   ■ England (dashed)", size=12
        )
    )
    strokes = (
        *(Stroke(run, LINE, 2, "6 4") for run in runs),
        Stroke(tuple((x, y) for x, y, _ in school), SCHOOL, 2.5),
    )
    return Picture(
        WIDTH,
        _TOP + _TALL + _YEARS + 28,
        chart.words,
        tuple(scale.rules()),
        tuple(Box(x - 3.5, y - 3.5, 7, 7, LINE) for x, y in england),
        strokes,
        tuple(Dot(x, y) for x, y, _ in school),
        (*texts, *scale.ticks()),
    )


class _Scale:
    """Where years and figures stand; a share runs to a hundred, a mean about itself."""

    def __init__(self, chart: Lines) -> None:
        self.points = chart.trend.points
        self.shown = [one for one in self.points if one.shown.value is not None]
        figures = [float(one.shown.value or 0) for one in self.shown]
        figures += [float(one.national.value) for one in self.points if one.national]
        if chart.trend.measure.is_mean and figures:
            self.low, self.high = int(min(figures)) - 2, int(max(figures)) + 3
        else:
            self.low, self.high = 0, 100

    def x(self, point: Point) -> float:
        """Across, by year."""
        places = max(len(self.points) - 1, 1)
        return _LEFT + 30 + (WIDTH - _LEFT - 80) * self.points.index(point) / places

    def y(self, value: object) -> float:
        """Up, by figure."""
        share = (float(str(value)) - self.low) / (self.high - self.low)
        return _TOP + _TALL * (1 - share)

    def england(self, run: Sequence[Point]) -> tuple[tuple[float, float], ...]:
        """Where the national figures of some years stand."""
        return tuple(
            (self.x(one), self.y(one.national.value)) for one in run if one.national
        )

    def figures(self, point: Point) -> Iterator[Words]:
        """The figures of a year: the higher one above its mark, the other below."""
        x, school, national = self.x(point), point.shown.value, point.national
        higher = national is None or (school is not None and school >= national.value)
        if school is not None:
            y = self.y(school) + (_ABOVE if higher else _BELOW)
            yield Words(x, y, point.shown.figure, "middle", 12, bold=True)
        if national is not None:
            y = self.y(national.value) + (_BELOW if higher else _ABOVE)
            yield Words(x, y, national.text, "middle", 12, LINE)

    def _steps(self) -> tuple[float, ...]:
        return tuple(self.low + (self.high - self.low) * part / 4 for part in range(5))

    def rules(self) -> Iterator[Stroke]:
        """Faint lines across."""
        for value in self._steps():
            yield Stroke(((_LEFT, self.y(value)), (WIDTH, self.y(value))), FAINT)

    def ticks(self) -> Iterator[Words]:
        """The figures at the left."""
        for value in self._steps():
            yield Words(_LEFT - 8, self.y(value) + 4, f"{value:g}", "end", 12, LINE)
