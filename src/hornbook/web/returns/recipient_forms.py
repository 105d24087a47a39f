"""How a recipient wants its files, as a form for one year."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.forms import BoundField

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.model import Collection, Rulebook
from hornbook.rulebook.profiles import KINDS, Deadline, How, Profile, Wishes
from hornbook.web.returns.forms import DAYS

_AS_USUAL: Final = ""
_ANSWERS: Final = {True: "yes", False: "no", None: _AS_USUAL}
_READ: Final = {answer: wish for wish, answer in _ANSWERS.items()}
_LARGEST: Final = 20_000
_ROW: Final = ("kind", "deadline", "postcode", "files")


class RecipientForm(forms.Form):
    """One recipient, and its wishes for each collection that goes to it."""

    name = forms.CharField(
        max_length=200, error_messages={"required": "Enter the recipient's name."}
    )
    how = forms.CharField(
        label="How to send a file",
        help_text="In a sentence or two. It stands on the page of every file.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.URLField(
        label="Link to where it is sent",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "A link looks like https://portal.example."},
    )
    contact = forms.CharField(
        label="Whom to ask",
        help_text="A team, a telephone number or an e-mail address.",
        max_length=200,
        required=False,
    )

    def __init__(
        self, profile: Profile, book: Rulebook, data: Mapping[str, Any] | None
    ) -> None:
        self.profile, self.year = profile, book.year
        self.collections = [
            one
            for one in book.collections.values()
            if any(each.code == profile.recipient for each in one.recipients)
        ]
        super().__init__(data, initial=_initial(profile, book.year, self.collections))
        for collection in self.collections:
            self.fields.update(_fields(collection, profile.recipient))

    @property
    def rows(self) -> Iterator[tuple[Collection, list[BoundField | None]]]:
        """Each collection with its fields, in the order of the columns."""
        for one in self.collections:
            names = [f"{field}-{one.code}" for field in _ROW]
            yield one, [self[name] if name in self.fields else None for name in names]

    @property
    def changed(self) -> Profile:
        """The profile with what the form says of this year."""
        said = self.cleaned_data
        return replace(
            self.profile,
            name=said["name"].strip(),
            contact=said["contact"].strip(),
            how=self._how(said["how"].strip(), said["link"]),
            wishes=tuple(self._wishes()),
            deadlines=tuple(self._deadlines()),
        )

    def _how(self, text: str, link: str) -> tuple[How, ...]:
        """A new way holds from this year on; what was before stays for years before."""
        now = self.profile.way(self.year)
        if now and (now.text, now.link) == (text, link):
            return self.profile.how
        others = tuple(how for how in self.profile.how if how.since != self.year.ends)
        return (How(text=text, link=link, since=self.year.ends), *others)

    def _wishes(self) -> Iterator[Wishes]:
        """What differs from the rulebook, for each collection."""
        for one in self.collections:
            kind = self.cleaned_data[f"kind-{one.code}"]
            before = self.profile.of(one.code).file_names
            wishes = Wishes(
                collection=one.code,
                file_names=before if kind in before[:1] else (kind,) if kind else (),
                postcode=_READ[self.cleaned_data[f"postcode-{one.code}"]],
                files=int(self.cleaned_data.get(f"files-{one.code}") or 1),
            )
            if wishes != Wishes(collection=one.code):
                yield wishes

    def _deadlines(self) -> Iterator[Deadline]:
        """Those of other years as they are, and this year's as the form says."""
        yield from (one for one in self.profile.deadlines if one.year != self.year)
        for one in self.collections:
            day = self.cleaned_data[f"deadline-{one.code}"]
            before = self.profile.deadline(one.code, self.year)
            if day:
                note = before.note if before else ""
                yield Deadline(collection=one.code, day=day, note=note)

    def clean(self) -> dict[str, Any]:
        """A deadline is of the year whose page this is."""
        for one in self.collections:
            name = f"deadline-{one.code}"
            day: date | None = self.cleaned_data.get(name)
            if day and AcademicYear.of(day) != self.year:
                self.add_error(name, f"{day:%d/%m/%Y} is not in {self.year}.")
        return self.cleaned_data


def _initial(
    profile: Profile, year: AcademicYear, collections: list[Collection]
) -> dict[str, object]:
    way = profile.way(year)
    initial: dict[str, object] = {
        "name": profile.name,
        "contact": profile.contact,
        "how": way.text if way else "",
        "link": way.link if way else "",
    }
    for one in collections:
        wishes, own = profile.of(one.code), profile.deadline(one.code, year)
        initial |= {
            f"kind-{one.code}": (wishes.file_names or ("",))[0],
            f"postcode-{one.code}": _ANSWERS[wishes.postcode],
            f"files-{one.code}": str(wishes.files),
            f"deadline-{one.code}": own.day if own else None,
        }
    return initial


def _fields(collection: Collection, recipient: str) -> dict[str, forms.Field]:
    """The fields of one collection, with what is usual named."""
    usual = collection.recipient(recipient)
    postcode = "yes" if usual.wants_postcode else "no"
    fields: dict[str, forms.Field] = {
        "kind": _choice(
            f"In the file's name: {collection.title}",
            [(_AS_USUAL, f"Usual: {usual.infix}"), *((k, k) for k in KINDS)],
        ),
        "deadline": forms.DateField(
            label=f"Its own day: {collection.title}",
            required=False,
            input_formats=DAYS,
            widget=forms.DateInput(format="%d/%m/%Y"),
            error_messages={"invalid": "Write the day like 22/06/2026."},
        ),
        "postcode": _choice(
            f"Home postcode: {collection.title}",
            [(_AS_USUAL, f"Usual: {postcode}"), ("yes", "Yes"), ("no", "No")],
        ),
    }
    if len(collection.nc_years) > 1:
        fields["files"] = _choice(
            f"Files: {collection.title}",
            [("1", "One file"), ("2", "One for each year group")],
        )
    return {f"{name}-{collection.code}": field for name, field in fields.items()}


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


class ProfileFileForm(forms.Form):
    """A profile that an authority has published."""

    file = forms.FileField(
        label="A profile from a file",
        help_text="A small text file that ends in .toml, such as your authority "
        "publishes. It takes the place of what stands here.",
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty.",
        },
    )
    every = forms.BooleanField(
        label="For all schools of this local authority whose returns I make",
        required=False,
    )

    @property
    def content(self) -> bytes:
        """The bytes of the file, as far as a profile can be long."""
        content: bytes = self.cleaned_data["file"].read(_LARGEST + 1)
        return content
