"""Questionnaires over an open or no vault: looking at one that comes from outside, running it, keeping what was answered."""
