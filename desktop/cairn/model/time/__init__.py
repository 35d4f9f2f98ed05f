"""Uncertain time: the words in which a time was told, an EDTF expression of what they mean, and the days that follow from it.

Korean, English and Chinese phrases are understood by a grammar that offers every reading and never picks one in silence.
`FORMAT.md` beside this file is the specification.
"""
