"""Room: ogc."""
