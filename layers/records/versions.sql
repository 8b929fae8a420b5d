select layer, sum(n) as version
from (select layer, version as n from layer_version
      union all
      select layer, count(*) from layer_change where x is null group by layer) as counted
group by layer
