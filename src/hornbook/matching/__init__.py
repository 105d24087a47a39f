"""Who in a file is whom in the record, and what bringing the file in would change.

Working a plan out is pure: nothing is written. A pupil is found by UPN, then by former
UPN, then by name and date of birth, and where two could be meant nobody is chosen.
"""

from hornbook.matching.people import Held, Offer, ResultKey, placed, stated
from hornbook.matching.plans import Entry, Match, Plan, Update, plan
from hornbook.matching.sorting import LEAVE_OUT, NEW, Unsure

__all__ = [
    "LEAVE_OUT",
    "NEW",
    "Entry",
    "Held",
    "Match",
    "Offer",
    "Plan",
    "ResultKey",
    "Unsure",
    "Update",
    "placed",
    "plan",
    "stated",
]
