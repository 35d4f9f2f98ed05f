"""Pages on paper: which printers this computer has, and handing pages over to one of them.

Promises: pages are handed over from memory and written to no file by Cairn; nothing is asked of another machine. What
the print system and the printer keep of them is beyond Cairn, and said so before (`notes.py`).
"""
