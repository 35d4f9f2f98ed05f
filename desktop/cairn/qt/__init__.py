"""The window: use cases for people.

Data flows one way: a widget asks a use case of `cairn.app` through the one door to background work
(`cairn.qt.base.tasks`) and shows the value that comes back. Only this package imports PySide6. The GUI
thread never waits; locking drops every result. Screens live in `screens/`, one folder each, and are
registered in `shell/registry.py`; README.md here says how to add one.
"""

from cairn.qt.base.references import pin

pin()
