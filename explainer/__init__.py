"""A static site generator for explainers built on facts."""
