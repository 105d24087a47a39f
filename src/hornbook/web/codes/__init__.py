"""The codes of test results that are not published: met in files, and mapped."""
