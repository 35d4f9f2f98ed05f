"""Exchange: seal bundles for others, open and take in what others sealed, and what was sealed so far.

Nothing leaves before the person has seen what leaves and what stays, with the reason; nothing is taken in
before it was verified to its last byte and told in words. Every failure is one sentence, and leaves nothing
half done.
"""
