"""Questionnaires that run as they do in ODK: an XForm's tree, its expressions, and the answers of one session.

Pure: no files, no network, no window. What comes from outside was read in the child without keys
(`cairn.decode.forms`) and arrives here as a tree of plain values (`markup.Document`), never as XML. `FORMAT.md`
says which columns, types and functions are understood, what they mean, and how answers are kept.
"""
