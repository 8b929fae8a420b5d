select criterion, key, value from road_figure
