"""The program itself: self-test, updates, practice data, licences of its parts."""
