select kind, trips, longest_min, source from priority_trip order by kind
