"""The records that content is made of: frozen, typed, and named like the world."""
