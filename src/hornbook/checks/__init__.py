"""The P, R and C rules: importing this package puts them on the register."""

from hornbook.checks import cohort, eyfsp, keystages, phonics, pupils, results

__all__ = ["cohort", "eyfsp", "keystages", "phonics", "pupils", "results"]
