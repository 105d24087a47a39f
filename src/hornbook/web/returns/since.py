"""What each pupil had in a file that was made, and what is other since then. Pure."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from hornbook.rulebook.model import Collection
from hornbook.web import vault
from hornbook.web.results.cohort import Member
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.outgoing import travelling

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stated:
    """The values that a file states: by pupil, then by the item's code."""

    pupils: Mapping[int, Values]

    @classmethod
    def of(cls, collection: Collection, members: Iterable[Member]) -> Self:
        """What would be stated of members now; those with nothing are left out."""
        told = ((one.pupil, travelling(collection, one)) for one in members)
        return cls({pupil: values for pupil, values in told if values})

    def sealed(self) -> bytes:
        """As it is stored: packed and encrypted."""
        return vault.seal(zlib.compress(json.dumps(self.pupils).encode()))

    @classmethod
    def unsealed(cls, sealed: bytes) -> Self:
        """As it was; nothing where a file was made before this was kept."""
        if not sealed:
            return cls({})
        held = json.loads(zlib.decompress(vault.unseal(sealed)))
        return cls({int(pupil): values for pupil, values in held.items()})


@dataclass(frozen=True, slots=True)
class Since:
    """The pupils of whom a file made now would say something else."""

    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()

    @classmethod
    def between(cls, before: Stated, now: Stated) -> Self:
        """What is other now."""
        old, new = before.pupils, now.pupils
        both = [pupil for pupil in new if pupil in old]
        return cls(
            added=tuple(pupil for pupil in new if pupil not in old),
            removed=tuple(pupil for pupil in old if pupil not in new),
            changed=tuple(pupil for pupil in both if old[pupil] != new[pupil]),
        )

    @property
    def pupils(self) -> tuple[int, ...]:
        """All of them."""
        return (*self.changed, *self.added, *self.removed)

    def __len__(self) -> int:
        return len(self.pupils)


UNCHANGED: Final = Since()


def same(made: MadeFile, digest: str) -> bool:
    """Whether a file says what another does, which digest is of."""
    return bool(digest) and made.digest == digest
