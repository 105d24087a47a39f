"""What a person answered to the questions of a plan."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from hornbook.matching import Entry, Update


class Clashes(StrEnum):
    """What becomes of results that the file states differently."""

    KEEP = "keep"
    FILE = "file"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person answered to the questions of a plan.

    decided are the unsure, by UPN of the file. leavers are pupils not in the file who
    have left, returners those recorded as left who have come back. clashes says which
    of the results that differ are the file's to have; theirs are those ticked. skipped
    are the parts put aside; sure says that a file of few known pupils is the right one,
    looked that those found by name alone are the right pupils.
    """

    update: Update = Update.BOTH
    skipped: frozenset[str] = frozenset()
    sure: bool = False
    looked: bool = False
    decided: Mapping[str, str] = field(default_factory=dict)
    leavers: frozenset[int] = frozenset()
    returners: frozenset[int] = frozenset()
    clashes: Clashes = Clashes.KEEP
    theirs: frozenset[str] = frozenset()

    def takes(self, entry: Entry) -> bool:
        """Whether the file's value is to stand for a result that differs."""
        if self.clashes is Clashes.TICKED:
            return entry.name in self.theirs
        return self.clashes is Clashes.FILE

    def as_json(self) -> dict[str, object]:
        """As it is kept until the file is brought in."""
        return {
            "update": self.update.value,
            "skipped": sorted(self.skipped),
            "sure": self.sure,
            "looked": self.looked,
            "decided": dict(self.decided),
            "leavers": sorted(self.leavers),
            "returners": sorted(self.returners),
            "clashes": self.clashes.value,
            "theirs": sorted(self.theirs),
        }

    @property
    def digest(self) -> str:
        """A hash of all that was answered."""
        text = json.dumps(self.as_json(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """The answers that were kept."""
        return cls(
            update=Update(kept["update"]),
            skipped=frozenset(kept["skipped"]),
            sure=kept["sure"],
            looked=kept.get("looked", False),
            decided=kept["decided"],
            leavers=frozenset(kept["leavers"]),
            returners=frozenset(kept["returners"]),
            clashes=Clashes(kept["clashes"]),
            theirs=frozenset(kept["theirs"]),
        )
