"""What the person agreed to, and the one question that every way out asks."""
