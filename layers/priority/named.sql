-- What candidates and places of a scenario are called, by their keys.
select source_id as key, name from road_priority where source_id = any(:keys)
union all
select key, name from priority_proposal where key = any(:keys)
union all
select 'o:' || id, name from office where id = any(:offices)
union all
select 'w:' || id, name from waste_site where id = any(:sites)
