"""Files in: upload, plan, apply, undo."""
