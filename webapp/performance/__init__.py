"""Room: performance."""
