"""Changes to letters and kept reports, each with its event."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.letters import LetterFacts
from hornbook.rulebook.measures import Measure, ReportFacts
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Pupil
from hornbook.web.reporting.commentary_plan import Given, comments
from hornbook.web.reporting.commentary_typed import Line
from hornbook.web.reporting.models import (
    Commentary,
    KeptReport,
    Letterhead,
    OwnFigure,
    OwnScale,
)
from hornbook.web.reporting.reader import Reader
from hornbook.web.schools.models import School

Figures = Mapping[Measure, Decimal]


@transaction.atomic
def word_letter(
    *, school: School, letter: LetterFacts, words: Mapping[str, str], by: User
) -> None:
    """Keep the school's own words of a letter."""
    Letterhead.objects.update_or_create(
        school=school, letter=letter.code, defaults=dict(words)
    )
    record(by=by, school=school, action="letter worded", subject=letter.title)


@transaction.atomic
def write_commentaries(
    *,
    texts: Mapping[int, str],
    school: School,
    letter: LetterFacts,
    year: int,
    by: User,
) -> None:
    """Keep what letters say of progress, by pupil; a blank text takes it out."""
    pupils = Pupil.objects.seen_by(by).filter(school=school, pk__in=texts)
    for pupil in pupils:
        text = texts[pupil.pk]
        if text:
            Commentary.objects.update_or_create(
                pupil=pupil,
                letter=letter.code,
                academic_year=year,
                defaults={"text": text, "by_name": str(by)},
            )
        else:
            Commentary.objects.filter(
                pupil=pupil, letter=letter.code, academic_year=year
            ).delete()
        record(
            by=by,
            school=school,
            action="commentary written" if text else "commentary taken out",
            subject=f"{pupil}, {letter.title} {year}",
        )


class CommentsAreStale(Exception):
    """The letters' texts have changed since the list was looked at."""


@transaction.atomic
def take_comments(
    *,
    reader: Reader,
    letter: LetterFacts,
    year: AcademicYear,
    lines: Sequence[Line],
    approved: str,
    write_over: bool,
) -> tuple[Given, ...]:
    """Keep a list of comments; those in the place of others only where that is asked.

    Raises CommentsAreStale where what would be kept is not what was approved.
    """
    School.objects.select_for_update().get(pk=reader.school.pk)
    found = comments(reader, letter, year, lines)
    if found.digest != approved:
        raise CommentsAreStale
    given = found.new + (found.written if write_over else ())
    Commentary.objects.bulk_create(
        (
            Commentary(
                pupil_id=one.key,
                letter=letter.code,
                academic_year=year.ends,
                text=one.after,
                by_name=str(reader.user),
            )
            for one in given
        ),
        update_conflicts=True,
        unique_fields=["pupil", "academic_year", "letter"],
        update_fields=["text", "by_name", "written_at"],
    )
    record(
        by=reader.user,
        school=reader.school,
        action="commentaries taken from a list",
        subject=f"{letter.title} {year}",
        detail={one.upn: [one.before, one.after] for one in given},
    )
    return given


@transaction.atomic
def keep_report(
    *, school: School, report: ReportFacts, name: str, choices: str, by: User
) -> KeptReport:
    """Keep a report's choices under a name; the same name again replaces them."""
    kept, _ = KeptReport.objects.update_or_create(
        school=school,
        user=by,
        name=name,
        defaults={"report": report.code, "choices": choices},
    )
    record(by=by, school=school, action="report kept", subject=name)
    return kept


@transaction.atomic
def forget_report(*, kept: KeptReport, by: User) -> None:
    """Keep a report's choices no longer."""
    record(by=by, school=kept.school, action="report forgotten", subject=kept.name)
    kept.delete()


def note_taken_out(*, school: School, table: str, by: User) -> None:
    """Write down that pupils' data was taken out."""
    record(by=by, school=school, action="data taken out", subject=table)


@transaction.atomic
def write_down_figures(
    *, school: School, year: int, figures: Figures, release: str, by: User
) -> None:
    """Keep national figures of a year, each in place of one written before."""
    for measure, value in figures.items():
        OwnFigure.objects.update_or_create(
            school=school,
            academic_year=year,
            measure=measure.code,
            defaults={"value": value, "release": release},
        )
    record(
        by=by,
        school=school,
        action="national figures written down",
        subject=str(year),
        detail={one.code: str(value) for one, value in figures.items()},
    )


@transaction.atomic
def drop_figures(*, school: School, year: int, by: User) -> None:
    """Go back to the rulebook's figures of a year."""
    OwnFigure.objects.filter(school=school, academic_year=year).delete()
    record(by=by, school=school, action="national figures dropped", subject=str(year))


@transaction.atomic
def write_down_scale(
    *,
    school: School,
    year: int,
    item: str,
    scores: Mapping[int, str],
    source: str,
    by: User,
) -> None:
    """Keep a test's table of scaled scores, in place of one written before."""
    told = {str(mark): score for mark, score in sorted(scores.items())}
    OwnScale.objects.update_or_create(
        school=school,
        academic_year=year,
        item=item,
        defaults={"scores": told, "source": source, "by_name": str(by)},
    )
    record(
        by=by,
        school=school,
        action="scaled score table written down",
        subject=f"{item} {year}",
        detail={"source": source, **told},
    )


@transaction.atomic
def drop_scale(*, scale: OwnScale, by: User) -> None:
    """Go back to the rulebook's table of a test, if it has one."""
    record(
        by=by,
        school=scale.school,
        action="scaled score table dropped",
        subject=str(scale),
        detail=dict(scale.scores),
    )
    scale.delete()
