"""Checked literals: figures in the words of an article, and whether they agree with the facts they stand for."""

from __future__ import annotations
