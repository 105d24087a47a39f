"""Bringing a file in: stage it, choose, apply it, all or nothing, and undo it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Final

from django.db import transaction
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.inspection.incoming import Incoming, read_transfer
from hornbook.matching import Entry, Match, Offer, Plan, Update, placed, stated
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import School
from hornbook.web.transfers import queries
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.rows import Changes
from hornbook.web.transfers.staging import stage as sort_results

_OF_THE_YEAR: Final = ("nc_year", "entry_date", "leaving_date")
_OF_THE_PUPIL: Final = (
    "upn", "surname", "forename", "middle_names", "preferred_surname",
    "preferred_forename", "former_surname", "dob", "sex", "ethnicity",
    "first_language", "fsm", "looked_after", "service_child", "sen_provision",
    "postcode",
)  # fmt: skip
_SHOWN: Final = 3


class Refused(ValueError):
    """The file cannot be brought in; the words say why and what to do."""


class PlanIsStale(Exception):
    """What is recorded has moved on since the plan was shown."""


@transaction.atomic
def stage(*, school: School, stream: IO[bytes], name: str, by: User | None) -> Transfer:
    """Read a file and keep what a plan needs; raises Refused."""
    incoming = read_transfer(stream, name)
    _refuse_what_cannot_come_in(incoming, school)
    staged = sort_results(incoming.pupils)
    header = incoming.header
    whole = header.qualifier == "full" and incoming.purpose == "mis"
    part = incoming.purpose == "dfe-download" or header.qualifier == "partial"
    transfer = Transfer.objects.create(
        school=school,
        name=name[:255],
        sha256=incoming.sha256,
        size=incoming.size,
        producer=incoming.producer[:60],
        purpose=incoming.purpose,
        academic_year=_year(incoming).ends,
        uploaded_by=by,
        staged=staged.sealed(),
        whole_school=whole,
        choices={"update": (Update.ASSESSMENTS if part else Update.BOTH).value},
        counts={
            "pupils": len(staged.offers),
            "results": sum(len(offer.values) for offer in staged.offers),
            "contains": list(incoming.contains),
            "left_out": dict(incoming.left_out),
            "not_taken": dict(staged.not_taken),
            "errors": incoming.report.errors,
            "made": header.date_time or "",
        },
    )
    record(by=by, school=school, action="file read", subject=transfer.name)
    return transfer


def _refuse_what_cannot_come_in(incoming: Incoming, school: School) -> None:
    """Raise Refused for what is no CTF, is not this school's, or names nobody."""
    stopping = incoming.stopping
    if stopping:
        said = [f"{one.message} {_about(one.pupil)}".strip() for one in stopping]
        more = len(said) - _SHOWN
        tail = f" And {more} more like this." if more > 0 else ""
        raise Refused(" ".join(said[:_SHOWN]) + tail)
    source, to = incoming.header.school, incoming.header.destination
    ours = (school.la, school.estab)
    from_dfe = (source.la, source.estab) == ("XXX", "XXXX")
    if ours not in {(source.la, source.estab), (to.la, to.estab)} and not from_dfe:
        raise Refused(
            f"This file is of another school: {source.name or 'no name'}, "
            f"{source.la or '?'}/{source.estab or '?'}. "
            f"It must be of {school.name}, {school.la}/{school.estab}."
        )
    if not incoming.pupils:
        raise Refused("There is no pupil in this file.")


def _about(pupil: str | None) -> str:
    return f"({pupil})" if pupil else ""


def _year(incoming: Incoming) -> AcademicYear:
    """The school year of the file: as its header says, else by its date."""
    stated_year = incoming.header.school.academic_year or ""
    if len(stated_year) == 4 and stated_year.isascii() and stated_year.isdigit():
        return AcademicYear(int(stated_year) + 1)
    try:
        made = datetime.fromisoformat(incoming.header.date_time or "").date()
    except ValueError:
        made = timezone.localdate()
    return AcademicYear.of(made)


@transaction.atomic
def choose(*, transfer: Transfer, update: Update, decided: dict[str, str]) -> None:
    """Keep what the person chose for the plan."""
    transfer.choices = {"update": update.value, "decided": decided}
    transfer.save(update_fields=["choices"])


@transaction.atomic
def apply(
    *,
    transfer: Transfer,
    approved: str,
    leavers: Iterable[int] = (),
    take_theirs: Iterable[tuple[str, str, int]] = (),
    by: User | None,
) -> Plan:
    """Apply an approved plan, all of it or none of it; raises PlanIsStale.

    approved is the digest of the plan shown. leavers are the keys of pupils not in the
    file who have left. take_theirs names the results (UPN in the file, item, year) for
    which the file's value is to stand.
    """
    School.objects.select_for_update().get(pk=transfer.school_id)
    transfer.refresh_from_db()
    if transfer.applied_at is not None:
        raise PlanIsStale
    plan = queries.preview(transfer)
    if plan.digest != approved:
        raise PlanIsStale
    changes = Changes()
    work = _Work(transfer, plan, changes, by)
    work.add_pupils()
    work.change_pupils()
    work.mark_leavers(set(leavers))
    work.write_results(set(take_theirs))
    transfer.applied_at, transfer.applied_by = timezone.now(), by
    transfer.changes, transfer.staged = changes.sealed(), b""
    transfer.counts = transfer.counts | {"applied": plan.summary}
    transfer.save()
    record(
        by=by,
        school=transfer.school,
        action="transfer applied",
        subject=transfer.name,
        detail={"transfer": transfer.pk, **plan.summary},
    )
    return plan


class _Work:
    """The writing of one plan: a fixed number of queries, whatever its size."""

    def __init__(
        self, transfer: Transfer, plan: Plan, changes: Changes, by: User | None
    ) -> None:
        self.transfer = transfer
        self.plan = plan
        self.changes = changes
        self.by = by
        self.year = AcademicYear(transfer.academic_year)
        self.pupils: dict[str, int] = {
            match.offer.upn: match.held.key
            for match in (*plan.changed, *plan.unchanged)
        }

    def add_pupils(self) -> None:
        """The new pupils, enrolled."""
        offers = self.plan.new
        made = Pupil.objects.bulk_create(
            [Pupil(school=self.transfer.school, **_details(each)) for each in offers]
        )
        self.pupils |= {pupil.upn: pupil.pk for pupil in made}
        enrolments = Enrolment.objects.bulk_create(
            [
                self._enrolment(pupil.pk, offer)
                for pupil, offer in zip(made, offers, strict=True)
            ]
        )
        formers = FormerUPN.objects.bulk_create(
            [
                FormerUPN(pupil=pupil, upn=offer.record.former_upn.strip())
                for pupil, offer in zip(made, offers, strict=True)
                if offer.record.former_upn
            ]
        )
        for rows in (made, enrolments, formers):
            self.changes.note_made(rows)

    def _enrolment(self, pupil: int, offer: Offer) -> Enrolment:
        says = stated(offer.record)
        return Enrolment(
            pupil_id=pupil,
            academic_year=self.year.ends,
            nc_year=placed(offer.record, self.year),
            joined_on=_day(says.get("entry_date")),
            left_on=_day(says.get("leaving_date")),
        )

    def change_pupils(self) -> None:
        """The changed pupils, their enrolments and former UPNs."""
        matches = self.plan.changed
        rows = Pupil.objects.in_bulk([match.held.key for match in matches])
        self.changes.note_before(rows.values())
        for match in matches:
            for name, (_, new) in match.fields.items():
                if name in _OF_THE_PUPIL:
                    value = _day(new) if name == "dob" else new or ""
                    setattr(rows[match.held.key], name, value)
        Pupil.objects.bulk_update(rows.values(), _OF_THE_PUPIL, batch_size=200)
        self.changes.note_after(rows.values())
        self._keep_former_upns(matches)
        self._change_enrolments(matches)

    def _keep_former_upns(self, matches: Sequence[Match]) -> None:
        kept = []
        for match in matches:
            old = {match.fields["upn"][0]} if "upn" in match.fields else set()
            stated_before = match.fields.get("former_upn", (None, None))[1] or ""
            upns = old | set(filter(None, stated_before.split(", ")))
            kept += [
                FormerUPN(pupil_id=match.held.key, upn=upn)
                for upn in upns
                if upn and upn not in match.held.former_upns
            ]
        self.changes.note_made(FormerUPN.objects.bulk_create(kept))

    def _change_enrolments(self, matches: Sequence[Match]) -> None:
        touched = [m for m in matches if any(f in m.fields for f in _OF_THE_YEAR)]
        held = {
            row.pupil_id: row
            for row in Enrolment.objects.filter(
                pupil__in=[match.held.key for match in touched],
                academic_year=self.year.ends,
            )
        }
        self.changes.note_before(held.values())
        new = []
        for match in touched:
            row = held.get(match.held.key)
            if row is None:
                new.append(self._enrolment(match.held.key, match.offer))
                continue
            fields = {name: pair[1] for name, pair in match.fields.items()}
            row.nc_year = fields.get("nc_year", row.nc_year) or row.nc_year
            row.joined_on = _day(fields.get("entry_date")) or row.joined_on
            row.left_on = _day(fields.get("leaving_date")) or row.left_on
        Enrolment.objects.bulk_update(
            held.values(), ["nc_year", "joined_on", "left_on"], batch_size=200
        )
        self.changes.note_after(held.values())
        self.changes.note_made(Enrolment.objects.bulk_create(new))

    def mark_leavers(self, keys: set[int]) -> None:
        """Those not in the file of whom a person said that they have left."""
        gone = [held.key for held in self.plan.missing if held.key in keys]
        rows = list(
            Enrolment.objects.filter(pupil__in=gone, academic_year=self.year.ends)
        )
        self.changes.note_before(rows)
        made = str(self.transfer.counts.get("made", ""))[:10]
        for row in rows:
            row.left_on = _day(made) or timezone.localdate()
        Enrolment.objects.bulk_update(rows, ["left_on"], batch_size=200)
        self.changes.note_after(rows)

    def write_results(self, take_theirs: set[tuple[str, str, int]]) -> None:
        """The new results, and the different ones for which the file's is to stand."""
        chosen = [
            entry
            for entry in self.plan.results_different
            if (entry.offer.upn, *entry.key) in take_theirs
        ]
        replaced = self._replaced(chosen)
        entries = [*self.plan.results_new, *chosen]
        cleared = self._cleared(self.plan.results_new)
        old = replaced | cleared
        Result.objects.filter(pk__in=old.values()).update(current=False)
        self.changes.replaced = list(old.values())
        rows = Result.objects.bulk_create(
            [self._result(entry, old) for entry in entries], batch_size=1000
        )
        self.changes.made["Result"] = [row.pk for row in rows]

    def _replaced(self, entries: Sequence[Entry]) -> dict[tuple[int, str, int], int]:
        """The standing rows of some results, by pupil, item and year."""
        pupils = {self.pupils[entry.offer.upn] for entry in entries}
        standing = Result.objects.filter(pupil__in=pupils, current=True)
        wanted = {(self.pupils[e.offer.upn], *e.key) for e in entries}
        rows = standing.values_list("pupil_id", "item", "year", "pk")
        return {row[:3]: row[3] for row in rows if row[:3] in wanted}

    def _cleared(self, entries: Sequence[Entry]) -> dict[tuple[int, str, int], int]:
        """Empty rows that stand where the file brings a value."""
        wanted = {(self.pupils[e.offer.upn], *e.key) for e in entries}
        rows = Result.objects.filter(
            pupil__school=self.transfer.school, current=True, value=""
        ).values_list("pupil_id", "item", "year", "pk")
        return {row[:3]: row[3] for row in rows if row[:3] in wanted}

    def _result(self, entry: Entry, old: dict[tuple[int, str, int], int]) -> Result:
        item, year = entry.key
        pupil = self.pupils[entry.offer.upn]
        return Result(
            pupil_id=pupil,
            item=item,
            year=year,
            value=entry.new,
            replaces_id=old.get((pupil, item, year)),
            by=self.by,
            by_name=str(self.by) if self.by else "Hornbook",
            source=Source.TRANSFER,
            transfer_id=self.transfer.pk,
        )


def _details(offer: Offer) -> dict[str, object]:
    """A new pupil's fields for the database."""
    says = stated(offer.record)
    details: dict[str, object] = {
        name: says[name] for name in _OF_THE_PUPIL if name in says
    }
    return details | {"upn": offer.upn, "dob": _day(says.get("dob"))}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
