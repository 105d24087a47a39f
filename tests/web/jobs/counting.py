"""A worker in a process of its own that counts slowly, to be killed in the middle.

Arguments: the database, a file that is told of each number, how long a number takes.
"""

import sys
from pathlib import Path
from time import sleep

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()

from hornbook.web.jobs.kinds import Kind, Tell
from hornbook.web.jobs.models import Job
from hornbook.web.jobs.worker import Worker
from hornbook.web.schools.permissions import Permission

STEPS = 20


def main(told: Path, seconds: float) -> None:
    """Count until everything is counted."""

    def count(job: Job, tell: Tell) -> str:
        for step in range(1, STEPS + 1):
            tell(step, STEPS, f"Counting {job.about}")
            with told.open("a") as lines:
                lines.write(f"{job.pk} {step}\n")
            sleep(seconds)
        return "/about/"

    kind = Kind(code="count", title="Counting", needs=Permission.BRING_IN, work=count)
    Worker({"count": kind}).run()


if __name__ == "__main__":
    main(Path(sys.argv[2]), float(sys.argv[3]))
