"""The tab *Prepare*: what is asked before the recorder starts."""
