"""Who did what, when: one event a change, in the same transaction."""
