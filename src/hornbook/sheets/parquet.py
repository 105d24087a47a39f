"""A list as Parquet, where the extra is installed."""

import importlib.util
import io
from typing import Final

from hornbook.sheets.lists import List, Written

AVAILABLE: Final = importlib.util.find_spec("pyarrow") is not None
if AVAILABLE:
    import pyarrow as pa
    import pyarrow.parquet as pq


def as_parquet(made: List) -> Written:
    """Each heading a column: of numbers where every cell is one, else of text."""
    columns = zip(*made.rows, strict=True) if made.rows else ([] for _ in made.columns)
    table = pa.table(dict(zip(made.columns, map(list, columns), strict=True)))
    held = io.BytesIO()
    pq.write_table(table, held)
    return Written(held.getvalue(), "application/vnd.apache.parquet")
