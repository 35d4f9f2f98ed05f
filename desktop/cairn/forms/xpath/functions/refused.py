"""Functions that are known and not carried out, and the code that says why."""

from __future__ import annotations

REFUSED: dict[str, str] = {
    # Code that belongs to another program would have to be run.
    "cht:extension-lib": "xpath.foreign-code",
    "search": "xpath.foreign-code",
    # A calendar that this program doesn't know; a date in it would be a guess.
    "cht:to-bikram-sambat": "xpath.foreign-calendar",
    "to-bikram-sambat": "xpath.foreign-calendar",
    # A signature that a form makes up its mind about by itself.
    "extract-signed": "xpath.foreign-seal",
    # A message sent, a device's property read: neither leaves or enters through an expression.
    "property": "xpath.foreign-device",
}
