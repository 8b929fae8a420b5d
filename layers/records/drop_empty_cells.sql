delete from tile_cell where n = 0
