"""The window around the screens: rail, status bar, banners, locking, and the desk that screens work at."""
