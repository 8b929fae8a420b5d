"""Waste: who is too far from a TPS, what sites hold and stand too near to, standards, and collection rounds."""
