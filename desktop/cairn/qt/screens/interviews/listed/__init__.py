"""The list of interviews: how it is searched, filtered, sorted and shown, and what can be done with many."""
