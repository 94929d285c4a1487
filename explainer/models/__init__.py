"""The records that content is made of: frozen, typed, and named like the world."""

# The modules here do not put off their annotations (`from __future__ import annotations`): pydantic would compile each
# of them from its text again, at every start, which takes a quarter of the time that all models take.
