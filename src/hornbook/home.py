"""Where the data folder of this machine is: for commands without a database too."""

import os
from pathlib import Path

import platformdirs


def folder() -> Path:
    """HORNBOOK_HOME, or the user's data folder."""
    named = os.environ.get("HORNBOOK_HOME")
    if named:
        return Path(named).expanduser().absolute()
    return platformdirs.user_data_path("hornbook", appauthor=False)
