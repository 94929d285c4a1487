"""Jinja2 made strict: templates see plain data only, can reach nothing else, and no mistake in them prints a blank."""
