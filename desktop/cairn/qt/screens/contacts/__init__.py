"""Contacts: the own card to give away, the cards of others, and how far each of them is trusted.

Trust is earned here by typing the 12 words that the other side reads out: they are shown for a contact
only after they were typed, because words read off the screen would prove nothing.
"""
