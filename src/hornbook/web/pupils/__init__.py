"""Pupils, their year groups and classes."""
