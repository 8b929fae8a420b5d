-- The sources of a layer's rows: from each to the next by the index on source, source_id, without counting the rows between.
with recursive each (source) as (
  (select source from {table} order by source limit 1)
  union all
  select (select further.source from {table} as further where further.source > each.source order by further.source limit 1)
  from each
  where each.source is not null
)
select source from each where source is not null
