"""The Conversation tab: sound, notes and marks on one clock, in one calm screen."""
