"""The Read tab: an interview as a page to read, to find words in, and to save as a PDF.

Promises: a page changes nothing; what leaves as a PDF was asked of the gate by `cairn.app.leaving.pages`.
"""
