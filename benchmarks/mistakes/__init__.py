"""Twelve ordinary mistakes of an editor: which generator stops them, and which lets them go out."""
