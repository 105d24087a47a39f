"""The commands that need no database: one file each, each one call of the library."""
