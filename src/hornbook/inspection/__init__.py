"""One look at a file: what a page, a command and an inbox all call."""
