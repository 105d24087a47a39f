"""Who in a file is whom in the record, and what bringing the file in would change.

Working a plan out is pure: nothing is written. A pupil is found by UPN, then by former
UPN, then by name and date of birth, and where a file gives no more than a name by that,
for a person to look at. Where two could be meant nobody is chosen.
"""

from hornbook.matching.names import spellings
from hornbook.matching.people import (
    NAMES,
    Held,
    Offer,
    ResultKey,
    name_key,
    placed,
    stated,
)
from hornbook.matching.plans import ByName, Entry, Match, Plan, plan
from hornbook.matching.sorting import LEAVE_OUT, NEW, Unsure
from hornbook.matching.wanted import (
    DETAILS,
    NEW_PUPILS,
    Update,
    Wanted,
    part_of,
)

__all__ = [
    "DETAILS",
    "LEAVE_OUT",
    "NAMES",
    "NEW",
    "NEW_PUPILS",
    "ByName",
    "Entry",
    "Held",
    "Match",
    "Offer",
    "Plan",
    "ResultKey",
    "Unsure",
    "Update",
    "Wanted",
    "name_key",
    "part_of",
    "placed",
    "plan",
    "spellings",
    "stated",
]
