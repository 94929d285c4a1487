"""Lighthouse's marks for five kinds of pages, as a phone on a slow network sees them."""
