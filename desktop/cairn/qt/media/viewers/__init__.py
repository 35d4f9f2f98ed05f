"""Files shown inside Cairn: pictures, PDF, text and sound, and an honest page for all else.

Use `viewer.FileViewer`. Nothing here decodes: bytes go to the child without keys of `cairn.decode` through
workers, and only pixels, samples and characters come back to the window. No thumbnail, temporary file
or recent-files entry is ever made. Promised: the window never waits for a file, and a file that breaks
its decoder costs a sentence in the viewer, nothing else.
"""
