"""What is typed of pupils' progress: what changed, and what cannot be kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hornbook.web.reporting.queries import Named

LONGEST: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the field of a pupil; was is what the page opened on."""

    named: Named
    was: str
    text: str
    held: str

    @property
    def changed(self) -> bool:
        """Whether the person wrote something else than the page opened on."""
        return self.text != self.was

    @property
    def wrong(self) -> str:
        """Why it is not kept; blank where it can be."""
        if len(self.text) > LONGEST:
            return f"{len(self.text)} characters. It must be {LONGEST} at most."
        if self.changed and self.held not in {self.was, self.text}:
            return f"Somebody wrote meanwhile: {self.held or 'nothing'}"
        return ""

    @property
    def is_new(self) -> bool:
        """Whether it is to be kept."""
        return self.changed and self.text != self.held and not self.wrong


def opened(names: Iterable[Named], held: Mapping[int, str]) -> tuple[Typed, ...]:
    """The fields as a page opens."""
    texts = ((named, held.get(named.key, "")) for named in names)
    return tuple(
        Typed(named=named, was=text, text=text, held=text) for named, text in texts
    )


def typed(
    names: Iterable[Named], held: Mapping[int, str], posted: Mapping[str, str]
) -> Iterator[Typed]:
    """The fields as a person sent them; of pupils who were not on the page, as held."""
    for named in names:
        text = held.get(named.key, "")
        yield Typed(
            named=named,
            was=_plain(posted.get(f"was-{named.key}", text)),
            text=_plain(posted.get(f"text-{named.key}", text)),
            held=text,
        )


def _plain(text: str) -> str:
    """One paragraph, without the spaces and line ends that a browser sends."""
    return " ".join(text.split())
