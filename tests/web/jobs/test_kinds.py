"""The table of everything that can be done in the background."""

import sys

from hornbook.web.commands.worker import KINDS
from hornbook.web.jobs.kinds import Kind


def test_every_kind_that_an_app_has_is_one_that_the_worker_knows() -> None:
    modules = [
        module for name, module in sys.modules.items() if name.startswith("hornbook.")
    ]

    found = {
        one.code
        for module in modules
        for one in vars(module).values()
        if isinstance(one, Kind)
    }

    assert found == set(KINDS)
