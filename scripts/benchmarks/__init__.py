"""Measures side by side with others in one run; it belongs to no test, since time is no matter of right and wrong."""
