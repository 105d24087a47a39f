"""The migrations of the reporting app."""
