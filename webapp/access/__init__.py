"""Access to services: tables and maps of who reaches what, standards, ground within reach, and where to build."""
