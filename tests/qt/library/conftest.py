from qt.desk import field, look, make, office

__all__ = ["field", "look", "make", "office"]
