"""Files and photographs of an interview: attach, rename, remove with a reason, read inside the app."""
