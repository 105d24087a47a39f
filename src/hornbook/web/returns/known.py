"""What was known to be wrong with a return when its file was made."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Self

from hornbook.web import vault
from hornbook.web.returns.preflight import Group, Preflight


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that was known: the rule, whose it is and what it says."""

    severity: str
    code: str
    name: str
    message: str

    @classmethod
    def of(cls, ready: Preflight) -> tuple[Self, ...]:
        """Every error, and every query that nobody had accepted."""
        return (
            *cls._each("error", ready.error_groups),
            *cls._each("query", ready.query_groups),
        )

    @classmethod
    def _each(cls, severity: str, groups: Iterable[Group]) -> tuple[Self, ...]:
        return tuple(
            cls(
                severity, group.code, one.member.name if one.member else "", one.message
            )
            for group in groups
            for one in group.open
        )


def sealed(known: Iterable[Known]) -> bytes:
    """As it is stored: packed and encrypted."""
    told = [asdict(one) for one in known]
    return vault.seal(zlib.compress(json.dumps(told).encode())) if told else b""


def unsealed(stored: bytes) -> tuple[Known, ...]:
    """As it was; nothing where a file was made before this was kept."""
    if not stored:
        return ()
    told = json.loads(zlib.decompress(vault.unseal(stored)))
    return tuple(Known(**one) for one in told)
