"""The repairs: each a pure function from a finding to edits of the file's bytes."""

from hornbook.inspection.repairs import (  # noqa: F401  (fills the register)
    form,
    header,
    names,
    pupils,
    results,
)
from hornbook.inspection.repairs.offers import Choice, Offer, Spot, choices, repairs

__all__ = ["Choice", "Offer", "Spot", "choices", "repairs"]
