"""Check a file, for anybody: nothing of it is stored."""
