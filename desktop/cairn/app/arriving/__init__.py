"""Bundles from elsewhere: opened and told in words, then taken in, all of it or nothing."""
