"""The tab People: who is in an interview, the picture of their family, and what is known of each."""
