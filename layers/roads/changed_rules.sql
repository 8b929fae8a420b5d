-- What a version of the rules changed: each cell that is new or other than in the version before, with what it held.
select new.rule, new.row_key as row, new.column_key as column, old.value as before, new.value as after,
       new.source, new.certainty
from road_rule as new
left join road_rule as old on old.version = new.version - 1
  and (old.rule, old.row_key, old.column_key) = (new.rule, new.row_key, new.column_key)
where new.version = :version
  and (old.value, old.source, old.certainty) is distinct from (new.value, new.source, new.certainty)
order by new.rule, new.row_key, new.column_key
