"""The web application on the database of the environment: `python -m bench.web`.

HORNBOOK_HOME says where, and DATABASE_URL which PostgreSQL; it must be empty.
"""

import bench.database  # noqa: F401  (first, since what follows has models)
from bench.batch import batch, most_memory
from bench.pages import pages
from bench.reporting import reporting
from bench.school import with_reception
from bench.timing import HEADING, table
from bench.together import HEADING as TOGETHER
from bench.together import together
from bench.transfers import FEWER, PUPILS, transfers
from hornbook.web.commands.database import prepare


def main() -> None:
    """Make the tables, measure, and print."""
    prepare()
    print(f"  Bringing in {PUPILS} pupils; queries are of {FEWER} -> {PUPILS} pupils")
    print(table(HEADING, [row.cells() for row in transfers()]), flush=True)
    scene = with_reception("2001")
    print(f"  The grid and the return of {len(scene.reception)} pupils")
    print(table(HEADING, [row.cells() for row in pages(scene)]), flush=True)
    print("  Reports of 630 pupils and six years")
    print(table(HEADING, [row.cells() for row in reporting()]), flush=True)
    print("  In the background")
    print(table(HEADING, [row.cells() for row in batch()]))
    print(f"  The most memory held until then: {most_memory()} MB", flush=True)
    print("  Entering by HTTP, against `hornbook serve`")
    print(table(TOGETHER, together(scene)), flush=True)


if __name__ == "__main__":
    main()
