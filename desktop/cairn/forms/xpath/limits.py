"""What an expression may cost. A form is a stranger's: each figure is far over what real forms need."""

from __future__ import annotations

LENGTH = 65_536
"""Characters of one expression."""
DEPTH = 200
"""How deep parentheses, calls and predicates may lie in one another: tables of nested `if` come to about 100."""
VISITS = 2_000_000
"""Nodes that the evaluation of one expression may look at."""
SECONDS = 5.0
"""How long the evaluation of one expression may take: a node may cost a pattern or a long text."""
TEXT = 1_000_000
"""Characters of a text that an expression may make."""
TOKEN = 1_024
"""Characters that `uuid(n)` may make."""
PATTERN = 2_000
"""Characters of a regular expression."""
PATTERN_COUNT = 10_000
"""How often a part of a regular expression may be asked for at least: so often it is written out where it is compiled."""
PATTERN_SECONDS = 0.2
"""How long one regular expression may be tried on one text."""
DIGITS = 30
"""Decimal places of `round`, either way."""
