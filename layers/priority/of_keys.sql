-- Which candidates of today stand behind keys that were written down.
select id, source_id from road_priority where source in ('contoh', 'dihitung') and source_id = any(:keys)
