"""The Common Transfer File: names, reading, writing, and what it is for."""
