"""Room: tiles."""
