"""Forms: what a person types, kept while it is typed, taken up after a lock, and followed as it becomes a version."""
