select kind, trips, longest_min from priority_trip order by kind
