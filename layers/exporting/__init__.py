"""How rows of a layer leave as files that other programs open."""
