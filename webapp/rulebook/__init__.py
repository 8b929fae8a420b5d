"""Room: rulebook."""
