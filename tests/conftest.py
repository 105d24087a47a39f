"""For every test: a data folder that goes when the tests are done."""

import os
import tempfile

from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, not what is wrong: the speeds
# are held by the bench.
settings.register_profile(
    "hornbook", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("hornbook")

_HOME = tempfile.TemporaryDirectory(prefix="hornbook-tests-")
os.environ.setdefault("HORNBOOK_HOME", _HOME.name)
