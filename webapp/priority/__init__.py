"""Room: priority, where planners rank roads and try what repairs bring."""
