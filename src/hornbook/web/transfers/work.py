"""The writing of an approved plan: a few statements, whatever its size."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.matching import Entry, Match, Offer, Plan, placed, stated
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil
from hornbook.web.results.models import Result, Source
from hornbook.web.transfers import rows
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.rows import Changes

_OF_THE_YEAR: Final = {"nc_year", "entry_date", "leaving_date"}
_OF_THE_PUPIL: Final = {
    "upn", "surname", "forename", "middle_names", "preferred_surname",
    "preferred_forename", "former_surname", "dob", "sex", "ethnicity",
    "first_language", "fsm", "fsm_ever6", "looked_after", "service_child",
    "sen_provision", "postcode",
}  # fmt: skip
# The pupil's key, the item and the calendar year.
Cell = tuple[int, str, int]


class Work:
    """Writes one plan, and notes every row as it was and as it became."""

    def __init__(self, transfer: Transfer, plan: Plan, by: User | None) -> None:
        self.changes = Changes()
        self.counts: dict[str, int] = {}
        self._transfer = transfer
        self._plan = plan
        self._by = by
        self._year = AcademicYear(transfer.academic_year)
        matches = (*plan.changed, *plan.unchanged)
        self._pupils = {match.offer.code: match.held.key for match in matches}

    def add_pupils(self) -> None:
        """The new pupils, enrolled."""
        offers = self._plan.new
        made = Pupil.objects.bulk_create(
            Pupil(school=self._transfer.school, **_details(each)) for each in offers
        )
        self._pupils |= {pupil.upn: pupil.pk for pupil in made}
        enrolments = Enrolment.objects.bulk_create(
            self._enrolment(pupil.pk, offer)
            for pupil, offer in zip(made, offers, strict=True)
        )
        formers = FormerUPN.objects.bulk_create(
            FormerUPN(pupil=pupil, upn=offer.former_upn)
            for pupil, offer in zip(made, offers, strict=True)
            if offer.former_upn
        )
        for each in (made, enrolments, formers):
            self.changes.note_made(each)

    def _enrolment(self, pupil: int, offer: Offer) -> Enrolment:
        says = stated(offer.record)
        return Enrolment(
            pupil_id=pupil,
            academic_year=self._year.ends,
            nc_year=placed(offer.record, self._year),
            joined_on=_day(says.get("entry_date")),
            left_on=_day(says.get("leaving_date")),
        )

    def change_pupils(self) -> None:
        """The changed pupils, their enrolments and former UPNs."""
        self._change_details()
        self._keep_former_upns()
        self._change_enrolments()

    def _change_details(self) -> None:
        touched = [m for m in self._plan.changed if _OF_THE_PUPIL & m.fields.keys()]
        held = Pupil.objects.in_bulk([match.held.key for match in touched])
        self.changes.note_before(held.values())
        for match in touched:
            for name in _OF_THE_PUPIL & match.fields.keys():
                new = match.fields[name][1]
                value = _day(new) if name == "dob" else new or ""
                setattr(held[match.held.key], name, value)
        rows.save(Pupil, held.values())
        self.changes.note_after(held.values())

    def _keep_former_upns(self) -> None:
        kept = [
            FormerUPN(pupil_id=match.held.key, upn=upn)
            for match in self._plan.changed
            for upn in _replaced_upns(match)
        ]
        self.changes.note_made(FormerUPN.objects.bulk_create(kept))

    def _change_enrolments(self) -> None:
        touched = [m for m in self._plan.changed if _OF_THE_YEAR & m.fields.keys()]
        held = self._enrolments([match.held.key for match in touched])
        self.changes.note_before(held.values())
        for match in touched:
            row = held.get(match.held.key)
            if row is not None:
                _change_enrolment(row, match)
        rows.save(Enrolment, held.values())
        self.changes.note_after(held.values())
        self._let_leavers_not_come(touched)
        self.changes.note_made(
            Enrolment.objects.bulk_create(
                self._enrolment(match.held.key, match.offer)
                for match in touched
                if match.held.key not in held
            )
        )

    def _let_leavers_not_come(self, touched: Sequence[Match]) -> None:
        """Those who leave by the file are not in a year that is prepared either."""
        days = {
            match.held.key: _day(match.fields["leaving_date"][1])
            for match in touched
            if "leaving_date" in match.fields
        }
        later = self._later(days)
        self.changes.note_before(later)
        for row in later:
            row.left_on = days[row.pupil_id] or row.left_on
        rows.save(Enrolment, later)
        self.changes.note_after(later)

    def _later(self, pupils: Iterable[int]) -> list[Enrolment]:
        """The enrolments of years after the file's."""
        found = Enrolment.objects.filter(pupil__in=list(pupils))
        return list(found.filter(academic_year__gt=self._year.ends))

    def _enrolments(self, pupils: Iterable[int]) -> dict[int, Enrolment]:
        """The enrolments of the year, by pupil."""
        found = Enrolment.objects.filter(
            pupil__in=list(pupils), academic_year=self._year.ends
        )
        return {row.pupil_id: row for row in found}

    def mark_leavers(self, keys: Collection[int]) -> None:
        """Those not in the file of whom a person said that they have left."""
        gone = [held.key for held in self._plan.missing if held.key in keys]
        made = str(self._transfer.counts.get("made", ""))[:10]
        left = _newest_and_later(gone)
        self.changes.note_before(left)
        for row in left:
            last_day = AcademicYear(row.academic_year).last_day
            row.left_on = min(_day_or_today(made), last_day)
        rows.save(Enrolment, left)
        self.changes.note_after(left)
        self.counts["left"] = len({row.pupil_id for row in left})

    def take_back_on_roll(self, keys: Collection[int]) -> None:
        """Those in the file of whom a person said that they have come back."""
        back = [m.held.key for m in self._plan.returned if m.held.key in keys]
        held = self._enrolments(back)
        again = [*held.values(), *filter(_never_came, self._later(back))]
        self.changes.note_before(again)
        for row in again:
            row.left_on = None
        rows.save(Enrolment, again)
        self.changes.note_after(again)
        self.counts["came back"] = len(held)

    def write_results(self, chosen: Sequence[Entry]) -> None:
        """The new results, and the different ones for which the file's is to stand."""
        entries = (*self._plan.results_new, *chosen)
        behind = self._standing(entries)
        self.changes.replaced = list(behind.values())
        Result.objects.filter(pk__in=self.changes.replaced).update(current=False)
        made = Result.objects.bulk_create(
            (self._result(entry, behind) for entry in entries), batch_size=1000
        )
        self.changes.made["Result"] = [row.pk for row in made]
        self.counts["results replaced"] = len(chosen)

    def _standing(self, entries: Sequence[Entry]) -> Mapping[Cell, int]:
        """The rows, cleared ones too, that stand where results are written."""
        wanted = {self._cell(entry) for entry in entries if entry.held is not None}
        found = Result.objects.filter(
            pupil__school=self._transfer.school, current=True
        ).values_list("pupil_id", "item", "year", "pk")
        return {row[:3]: row[3] for row in found if row[:3] in wanted}

    def _cell(self, entry: Entry) -> Cell:
        return (self._pupils[entry.offer.code], *entry.key)

    def _result(self, entry: Entry, behind: Mapping[Cell, int]) -> Result:
        cell = self._cell(entry)
        pupil, item, year = cell
        return Result(
            pupil_id=pupil,
            item=item,
            year=year,
            value=entry.new,
            replaces_id=behind.get(cell),
            by=self._by,
            by_name=str(self._by) if self._by else "Hornbook",
            source=Source.TRANSFER,
            transfer_id=self._transfer.pk,
        )


def _change_enrolment(row: Enrolment, match: Match) -> None:
    fields = {name: pair[1] for name, pair in match.fields.items()}
    row.nc_year = fields.get("nc_year") or row.nc_year
    row.joined_on = _day(fields.get("entry_date")) or row.joined_on
    row.left_on = _day(fields.get("leaving_date")) or row.left_on


def _never_came(row: Enrolment) -> bool:
    """Whether a pupil left before the first day of an enrolment's year."""
    first_day = AcademicYear(row.academic_year).first_day
    return row.left_on is not None and row.left_on < first_day


def _replaced_upns(match: Match) -> set[str]:
    """The UPNs to keep as former ones of a pupil who changes."""
    upns = set((match.fields.get("former_upn", (None, None))[1] or "").split(", "))
    if "upn" in match.fields:
        upns.add(match.held.upn)
    return upns - {""} - match.held.former_upns


def _details(offer: Offer) -> dict[str, object]:
    """A new pupil's fields for the database."""
    says = stated(offer.record)
    details: dict[str, object] = {
        name: says[name] for name in _OF_THE_PUPIL & says.keys()
    }
    return details | {"upn": offer.upn, "dob": _day(says.get("dob"))}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _newest_and_later(pupils: Sequence[int]) -> list[Enrolment]:
    """The newest enrolment of each that has begun, and those of a year prepared."""
    found = Enrolment.objects.filter(pupil__in=pupils).order_by("academic_year")
    newest = {
        row.pupil_id: row.academic_year for row in found.begun(timezone.localdate())
    }
    return [row for row in found if row.academic_year >= newest.get(row.pupil_id, 0)]


def _day_or_today(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
