"""The use cases for a shell: for scripts, for tests, and for an office without a screen.

One module per noun; each command reads its arguments, calls `cairn.app` and prints. What a script
wants (an id, a path, words) goes to standard output, everything else to standard error. Promised are:
exit codes 0 done, 2 usage, 3 refused input, 4 integrity, 5 machine; one clear sentence and never a
traceback for what can be expected; with `--json` exactly one object; nothing of a terminal's control
codes from content that others wrote.
"""
