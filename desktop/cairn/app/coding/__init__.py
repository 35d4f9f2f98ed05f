"""Coding: passages of what was told, where they lie now, and how far coders agree."""
