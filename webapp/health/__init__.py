"""Room: health."""
