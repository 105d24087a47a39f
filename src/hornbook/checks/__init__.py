"""The P, R and C rules: importing this package puts them on the register."""

from hornbook.checks import (
    ages,
    cohort,
    eyfsp,
    keystages,
    phonics,
    pupils,
    results,
    scores,
    upns,
)

__all__ = [
    "ages",
    "cohort",
    "eyfsp",
    "keystages",
    "phonics",
    "pupils",
    "results",
    "scores",
    "upns",
]
