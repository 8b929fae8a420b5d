select (select value from preference where key = :key),
       (select array_agg(day order by day) from holiday)
