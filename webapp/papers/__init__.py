"""Room: papers."""
