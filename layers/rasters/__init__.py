"""Rasters: what is known for every cell of a grid, such as people, heights or signal; files beside the database."""
