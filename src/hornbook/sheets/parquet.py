"""A list as Parquet, where the extra is installed."""

import importlib.util
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hornbook.sheets.lists import List, Written

AVAILABLE: Final = importlib.util.find_spec("pyarrow") is not None
if AVAILABLE:
    import pyarrow as pa
    import pyarrow.parquet as pq


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, whether it holds whole numbers or text, what it means."""

    name: str
    is_number: bool
    meaning: str


def as_parquet(made: List, fields: Sequence[Field]) -> Written:
    """Each heading a column of its own kind, whatever is in it, with what it means.

    So files of several schools and years go together, those without any row too.
    """
    columns = zip(*made.rows, strict=True) if made.rows else ([] for _ in fields)
    schema = pa.schema(
        pa.field(
            field.name,
            pa.int64() if field.is_number else pa.string(),
            metadata={"meaning": field.meaning},
        )
        for field in fields
    )
    table = pa.Table.from_arrays(
        [pa.array(list(c), f.type) for c, f in zip(columns, schema, strict=True)],
        schema=schema,
    )
    held = io.BytesIO()
    pq.write_table(table, held)
    return Written(held.getvalue(), "application/vnd.apache.parquet")
