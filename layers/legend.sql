-- Points by kind: the counts of the coarsest cells, and what has changed since they were folded.
select kind, sum(n) as n
from (select kind, n from tile_cell where layer = :layer and z = 6
      union all
      select kind, n from layer_change where layer = :layer and x is not null) as counted
group by kind
