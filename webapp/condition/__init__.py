"""How much of the roads is in good order."""
