"""Heat maps and matrices: cells whose shade and words say the same."""

from collections.abc import Iterator
from typing import Final

from hornbook.reports.charts import Grid, Heat
from hornbook.web.reporting.drawing.shapes import (
    FAINT,
    HATCH,
    INK,
    LINE,
    PAPER,
    SCHOOL,
    Box,
    Picture,
    Words,
    cut,
)

WIDTH: Final = 720
_NAME: Final = 190
_HEAD: Final = 22
_ROW: Final = 19
# The first code of a list is the one to look at; the second is as it should be.
_FILLS: Final = ((SCHOOL, PAPER), (PAPER, INK), (HATCH, INK))


def heat(chart: Heat) -> Picture:
    """A row a pupil, a column a goal; the value stands in each cell."""
    step = (WIDTH - _NAME) / len(chart.headings)
    fills = {code: fill for (code, _), fill in zip(chart.key, _FILLS, strict=False)}
    boxes, texts = [], []
    for at, (code, _) in enumerate(chart.headings):
        texts.append(Words(_NAME + step * (at + 0.5), 14, code, "middle", 11, LINE))
    for number, (name, values) in enumerate(chart.rows):
        y = _HEAD + number * _ROW
        texts.append(Words(_NAME - 8, y + 14, cut(name, 28), "end", 12))
        for at, value in enumerate(values):
            fill, ink = fills.get(value, (FAINT, LINE))
            x = _NAME + step * at
            boxes.append(Box(x, y, step - 1, _ROW - 1, fill, FAINT))
            middle = x + step / 2 - 0.5
            texts.append(Words(middle, y + 14, value or "-", "middle", 12, ink))
    foot = _HEAD + len(chart.rows) * _ROW + 18
    key = "   ".join(f"{code}: {title}" for code, title in chart.key)
    texts.append(Words(_NAME, foot, key, size=12))
    return Picture(WIDTH, foot + 8, chart.words, boxes=tuple(boxes), texts=tuple(texts))


_CELL: Final = 46


def matrix(chart: Grid) -> Picture:
    """Before at the left, now at the top; the more pupils, the larger the square."""
    found = chart.matrix
    most = max((len(keys) for keys in found.cells.values()), default=0) or 1
    step = (WIDTH - _NAME) / len(found.columns)
    boxes: list[Box] = []
    texts = [*_headings(chart, step)]
    for number, row in enumerate(found.rows):
        y = 44 + number * _CELL
        texts.append(Words(_NAME - 10, y + 28, cut(row, 26), "end"))
        for at, column in enumerate(found.columns):
            count = len(found.keys(row, column))
            x = _NAME + step * at
            boxes.append(Box(x, y, step - 3, _CELL - 3, PAPER, FAINT))
            if count:
                side = 10 + (_CELL - 16) * (count / most) ** 0.5
                top = y + (_CELL - 3 - side) / 2
                boxes.append(Box(x + 10, top, side, side, SCHOOL))
            words = str(count) if count else "-"
            texts.append(Words(x + step - 16, y + 28, words, "end", 15, bold=True))
    height = 52 + len(found.rows) * _CELL
    return Picture(WIDTH, height, chart.words, boxes=tuple(boxes), texts=tuple(texts))


def _headings(chart: Grid, step: float) -> Iterator[Words]:
    found, conversion = chart.matrix, chart.matrix.conversion
    before = f"{conversion.before.title}, {found.before}"
    yield Words(_NAME - 10, 36, before, "end", 12, LINE)
    yield Words(
        _NAME, 14, f"{conversion.now.title}, {found.year}", size=12, colour=LINE
    )
    for at, column in enumerate(found.columns):
        yield Words(_NAME + step * at + 6, 36, column)
