"""Template tags of returns."""
