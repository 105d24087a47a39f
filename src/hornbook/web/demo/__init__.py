"""An invented school, so that a newcomer finds something to try everything on."""

from hornbook.web.demo.school import fill

__all__ = ["fill"]
