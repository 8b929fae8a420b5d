"""Room: alerts."""
