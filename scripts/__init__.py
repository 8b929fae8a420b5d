"""What a person starts; each script is thin and calls into the packages below it."""
