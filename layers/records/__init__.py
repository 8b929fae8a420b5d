"""What is kept but not drawn: preferences, calendar, the trail of events, versions of layers."""
