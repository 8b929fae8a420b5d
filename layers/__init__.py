"""What is on the map: one folder a layer, and all that it needs."""
