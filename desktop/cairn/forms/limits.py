"""What a form may cost. It is a stranger's: each figure is far over what real forms need."""

from __future__ import annotations

ROUNDS = 12
"""How often one rule is worked out anew for one node before its cycle is given up, with a warning."""
NODES = 100_000
"""Most elements of one set of answers."""
REPEATS = 5_000
"""Most instances of one repeat in one place."""
TEXT = 200_000
"""Longest answer, in characters."""
ALL_TEXT = 32_000_000
"""Characters of all answers together, what is worked out among them: many nodes times a long text is more than a memory."""
CHOICES = 50_000
"""Most choices of one question."""
AUDIT = 20_000
"""Most changes that wait in a session for somebody who keeps them; then older ones go, and are counted."""
EVALUATIONS = 400_000
"""Most evaluations that one answer may cause."""
EDGES = 1_500_000
"""Most pairs of a node and a rule that reads it: where every rule reads every answer, they are the square of the form."""
SECONDS = 60.0
"""How long bringing a form up to date may take at most after one answer."""
