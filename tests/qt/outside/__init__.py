"""The real program in a process of its own: killed, or typed into through an input method."""
