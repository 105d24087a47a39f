"""The columns of a grid as its script is told of them. Pure."""

from hornbook.rulebook.items import OnlyWhere
from hornbook.rulebook.model import Collection, Item, Marks
from hornbook.web.results.cohort import TO_DO
from hornbook.web.results.legend import values
from hornbook.web.results.scaled import Judged, judged_by


def items(collection: Collection) -> list[dict[str, object]]:
    """Every item of the collection, with what follows from another."""
    return [
        _item_data(item) | {"judged": _judged_data(judged_by(collection, item))}
        for item in collection.items
    ]


def _item_data(item: Item) -> dict[str, object]:
    marks = item.marks
    return {
        "code": item.full_code,
        "title": item.title,
        "short": item.short_title,
        "area": item.area,
        "values": [{"code": code, "title": title} for code, title in values(item)],
        "marks": _marks_data(marks) if marks else None,
        "allowed": item.allowed_in_words,
        "required": item.required,
        "only_where": only_where(item.only_where),
        "scale": _scale_data(item),
    }


def only_where(asked: OnlyWhere | None) -> dict[str, object] | None:
    """By which results the item is wanted of a pupil."""
    if asked is None:
        return None
    return {
        "because": asked.because,
        "to_do": TO_DO,
        "results": [
            {
                "item": result.item,
                "called": result.called,
                "opens": [*result.opens, *result.needs],
                "shuts": result.shuts,
            }
            for result in asked.results
        ],
    }


def _judged_data(judged: Judged | None) -> dict[str, object] | None:
    """The scaled score that an outcome follows from, and what it then is."""
    if judged is None:
        return None
    return {
        "from": judged.score.full_code,
        "expected": judged.expected,
        "met": judged.met,
        "not_met": judged.not_met,
        "without": judged.without,
    }


def _marks_data(marks: Marks) -> dict[str, int | None]:
    return {
        "lowest": marks.lowest,
        "highest": marks.highest,
        "expected": marks.expected,
    }


def _scale_data(item: Item) -> dict[str, object] | None:
    """The mark that a scaled score comes from, and what the year's table gives."""
    if item.scale is None:
        return None
    return {
        "from": f"{item.collection}.{item.scaled_from}",
        "table": "The school's own table"
        if item.scale.own
        else "The table of the year",
        "scores": {str(mark): score for mark, score in item.scale.scores.items()},
    }
