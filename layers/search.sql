-- Names that look like what was typed, best first: exact, then beginning so, then alike. The areas around a place give its
-- context, and tell places of one name apart when the text names them too.
with found as ({shares})
select found.layer, found.id, found.name, found.kind, found.source,
       st_x(found.point) as lon, st_y(found.point) as lat,
       village.level as level, village.name as area, district.level as district_level, district.name as district
from found
left join area as itself on found.layer = 'areas' and itself.id = found.id
left join area as village on village.code = coalesce(itself.parent_code, found.village_code)
left join area as district on district.code = village.parent_code and village.level in ('desa', 'kelurahan')
order by found.tier,
         found.score + greatest(0, similarity(lower(concat_ws(' ', found.name, village.name, district.name)), :typed)
                                   - similarity(lower(found.name), :typed)) desc,
         itself.code,  -- a kecamatan before the village of its name
         found.name, found.id
