"""Who wrote a file: the name in its header, or the habits that give it away."""

from typing import Final

from hornbook.ctf.header import Header

MTC: Final = "Multiplication Tables Check"
GIAP: Final = "GIAP"
PORTAL: Final = "STA results portal"
UNKNOWN: Final = "unknown"
FROM_DFE: Final = (MTC, GIAP, PORTAL)
# What the supplier's name holds, in small letters, and the producer it is.
_NAMES: Final = (
    ("multiplication tables check", MTC),
    ("giap", GIAP),
    ("get information about pupils", GIAP),
    ("national curriculum assessments", PORTAL),
    ("nca portal", PORTAL),
    ("primary assessment gateway", PORTAL),
    ("nca tools", PORTAL),
    ("standards and testing agency", PORTAL),
    ("hornbook", "Hornbook"),
    ("target tracker", "Target Tracker"),
    ("targettracker", "Target Tracker"),
    ("arbor", "Arbor"),
    ("scholarpack", "ScholarPack"),
    ("bromcom", "Bromcom"),
    ("integris", "RM Integris"),
    ("rm plc", "RM Integris"),
    ("sims", "SIMS"),
    ("capita one", "Capita One"),
    ("sonar", "Sonar"),
    ("insight", "Insight"),
    ("pupil asset", "Pupil Asset"),
    ("classroom monitor", "Classroom Monitor"),
    ("facility", "Facility CMIS"),
    ("progresso", "Progresso"),
    ("isams", "iSAMS"),
    ("engage", "Engage"),
    ("fsc", "FSC"),
)


def producer(header: Header) -> str:
    """The system that wrote a file, by what its header holds."""
    stated = header.supplier or ""
    plain = stated.casefold()
    for part, name in _NAMES:
        if part in plain:
            return name
    source = header.school
    if (source.la, source.estab) == ("XXX", "XXXX"):
        return GIAP
    return stated or _by_habits(header)


def _by_habits(header: Header) -> str:
    """Without a supplier's name: the sentence each system writes of its own."""
    said = (header.descriptor or "").casefold()
    if "get information about pupils" in said or "dfe service" in said:
        return GIAP
    if said.startswith("partial ctf containing"):
        return "Arbor"
    return UNKNOWN
