"""Measurements of this generator beside others."""
