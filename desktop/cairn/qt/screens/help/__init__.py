"""Help: a few pages in plain words, one for each thing people do. F1 opens the page of the screen.

The pages are resources of this program, shown as text: nothing in them is fetched and no link is opened.
"""
