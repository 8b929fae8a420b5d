-- One layer's share. %> finds by the trigram index on lower(name); `weight` lets areas stand before what lies in them.
(select '{layer}' as layer, best.id, best.name, best.kind, best.village_code, best.source, best.tier, best.score,
        st_pointonsurface(best.geom) as point
 from (select share.id, share.name, share.{classify} as kind, share.village_code, share.source, share.geom,
              case when lower(share.name) = any(:spellings) then 0
                   when lower(share.name) like any(:beginnings) then 1
                   else 2 end as tier,
              (select max(similarity(words, lower(share.name))) from unnest(cast(:spellings as text[])) as typed(words))
              + {weight} + case when :hint in (share.{classify}, '{geometry}') then 1 else 0 end as score
       from {table} as share
       where lower(share.name) %> any(:spellings) and ({shown})) as best
 order by best.tier, best.score desc, best.id
 limit :each)
