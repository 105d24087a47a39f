"""What is recorded of a school's pupils, as a plan needs it; and past transfers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Max, QuerySet
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.inspection.kinds import Kind
from hornbook.matching import Held, Plan, ResultKey, Update, Wanted, plan
from hornbook.records import Pupil as Record
from hornbook.sheets.mapping import Proposal, proposals
from hornbook.web import vault
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil
from hornbook.web.results.models import Result
from hornbook.web.schools.models import School
from hornbook.web.transfers import closed
from hornbook.web.transfers.models import HeadingMeaning, Transfer
from hornbook.web.transfers.sheet_files import Sheet, likely_year
from hornbook.web.transfers.staging import Staged

_COPIED = (
    "upn", "surname", "forename", "middle_names", "preferred_surname",
    "preferred_forename", "former_surname", "sex", "ethnicity", "first_language",
    "fsm", "fsm_ever6", "looked_after", "service_child", "sen_provision", "postcode",
)  # fmt: skip


def held(school: School, year: AcademicYear) -> list[Held]:
    """Every pupil of the school, as of one school year; four queries."""
    enrolments: dict[int, Enrolment] = {}
    newest: dict[int, Enrolment] = {}
    here = Enrolment.objects.filter(pupil__school=school)
    rows = here.select_related("school_class").order_by("academic_year")
    now = AcademicYear.of(timezone.localdate())
    for each in rows:
        # A year in preparation says nothing of who is on roll today.
        if each.academic_year <= max(now, year).ends:
            newest[each.pupil_id] = each
        if each.academic_year == year.ends:
            enrolments[each.pupil_id] = each
    formers: dict[int, set[str]] = defaultdict(set)
    had = FormerUPN.objects.filter(pupil__school=school)
    for pupil, upn in had.values_list("pupil_id", "upn"):
        formers[pupil].add(upn)
    values: dict[int, dict[ResultKey, str]] = defaultdict(dict)
    standing = Result.objects.filter(pupil__school=school, current=True)
    for row in standing.exclude(value="").values_list(
        "pupil_id", "item", "year", "value"
    ):
        values[row[0]][row[1], row[2]] = row[3]
    return [
        Held(
            key=pupil.pk,
            record=_record(pupil, enrolments.get(pupil.pk)),
            former_upns=frozenset(formers[pupil.pk]),
            values=values[pupil.pk],
            on_roll=_on_roll(newest.get(pupil.pk), year),
            seen=_seen(newest.get(pupil.pk)),
            classes=_classes(newest.get(pupil.pk), enrolments.get(pupil.pk)),
        )
        for pupil in Pupil.objects.filter(school=school)
    ]


def _on_roll(newest: Enrolment | None, year: AcademicYear) -> bool:
    """Whether a file of the year ought to have the pupil, last year's included."""
    return (
        newest is not None
        and newest.left_on is None
        and newest.academic_year <= year.ends
    )


def _seen(newest: Enrolment | None) -> tuple[AcademicYear, str] | None:
    """The last year of a pupil here, and the year group."""
    if newest is None:
        return None
    return (AcademicYear(newest.academic_year), newest.nc_year)


def _classes(*enrolments: Enrolment | None) -> tuple[str, ...]:
    """The names of the classes of some years, each once."""
    classes = (one.school_class for one in enrolments if one)
    return tuple(dict.fromkeys(each.name for each in classes if each))


def _record(pupil: Pupil, enrolment: Enrolment | None) -> Record:
    """The pupil as a record; what belongs to a year is of the year asked for."""
    stated = {name: getattr(pupil, name) for name in _COPIED}
    if enrolment is not None:
        joined, left = enrolment.joined_on, enrolment.left_on
        stated["nc_year"] = enrolment.nc_year
        stated["entry_date"] = joined.isoformat() if joined else ""
        stated["leaving_date"] = left.isoformat() if left else ""
    return Record(dob=pupil.dob.isoformat(), **stated)


def preview(transfer: Transfer) -> Plan:
    """What bringing the file in would do now, with the choices made."""
    staged = Staged.unsealed(bytes(transfer.staged))
    year = AcademicYear(transfer.academic_year)
    recorded = held(transfer.school, year)
    choices = transfer.choices
    made = plan(
        recorded,
        closed.without_locked(transfer.school, staged.offers),
        year=year,
        wanted=Wanted(
            Update(choices.get("update", Update.BOTH)),
            frozenset(choices.get("skipped", ())),
        ),
        decided=choices.get("decided", {}),
    )
    return made if transfer.whole_school else _without_missing(made)


def locked_out(transfer: Transfer) -> list[str]:
    """What is left out of the file because its grid is locked, in words."""
    staged = Staged.unsealed(bytes(transfer.staged))
    return list(closed.in_words(transfer.school, staged.offers))


def _without_missing(made: Plan) -> Plan:
    """A file of part of the school says nothing of who is not in it."""
    return replace(made, missing=())


def looks_wrong(transfer: Transfer, made: Plan) -> bool:
    """Whether few are known of a file whose pupils ought to be known."""
    return made.few_known and transfer.kind != Kind.NEW_PUPILS.code


def meanings(school: School) -> dict[str, str]:
    """What the school said of headings of its spreadsheets."""
    said = HeadingMeaning.objects.filter(school=school)
    return dict(said.values_list("heading", "meaning"))


def sheet(transfer: Transfer) -> Sheet:
    """The spreadsheet of a transfer that waits, read as the school means it."""
    content = vault.unseal(transfer.sheet)
    return Sheet(content, transfer.name, meanings(transfer.school))


def columns(of: Sheet, said: Mapping[str, str]) -> tuple[Proposal, ...]:
    """What each heading of a sheet is read as, where this much was said of them."""
    meant = Sheet(of.content, of.name, said)
    return proposals(meant.table(), year=likely_year(), mapping=said)


def standing(school: School) -> QuerySet[Transfer]:
    """What was brought in and not taken back, newest first."""
    return Transfer.objects.filter(
        school=school, applied_at__isnull=False, undone_at=None
    ).light()


def same_bytes(transfer: Transfer) -> Transfer | None:
    """The last transfer of the same file that stands."""
    found = standing(transfer.school).filter(sha256=transfer.sha256)
    return found.exclude(pk=transfer.pk).first()


def newer_file(transfer: Transfer) -> Transfer | None:
    """A file made later than this one that stands, where both have pupils' details."""
    made = transfer.counts.get("made", "")
    if not made or _results_only(transfer):
        return None
    others = standing(transfer.school).exclude(pk=transfer.pk)
    return next(
        (
            each
            for each in others
            if each.counts.get("made", "") > made and not _results_only(each)
        ),
        None,
    )


def _results_only(transfer: Transfer) -> bool:
    return bool(transfer.choices.get("update") == Update.ASSESSMENTS)


def later_year(transfer: Transfer) -> AcademicYear | None:
    """A school year later than the file's in which pupils are enrolled already."""
    here = Enrolment.objects.filter(pupil__school=transfer.school)
    begun = here.begun(timezone.localdate())
    newest = begun.aggregate(newest=Max("academic_year"))["newest"]
    later = newest is not None and newest > transfer.academic_year
    return AcademicYear(newest) if later else None
