"""Opening a vault. Before unlocking, the window knows nothing but the folder's name."""
