"""For every test: a data folder that goes when the tests are done."""

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="hornbook-tests-")
os.environ.setdefault("HORNBOOK_HOME", _HOME.name)
