"""The first stage of the two commands: everything a bare machine lacks, with Python's standard library alone."""
