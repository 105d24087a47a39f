"""Record, check and return the statutory assessments of English primary schools."""

__version__ = "0.1.0"
