"""Sound and pictures in the window: recording, listening, looking. Knows no screen."""
