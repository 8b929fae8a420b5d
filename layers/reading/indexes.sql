-- How to drop and make again each index of a table but the primary key's; unique constraints own theirs.
select case when held.conname is null then format('drop index %s', idx.indexrelid::regclass)
            else format('alter table %s drop constraint %I', idx.indrelid::regclass, held.conname) end as drop,
       case when held.conname is null then pg_get_indexdef(idx.indexrelid)
            else format('alter table %s add constraint %I %s', idx.indrelid::regclass, held.conname,
                        pg_get_constraintdef(held.oid)) end as make
from pg_index as idx
left join pg_constraint as held on held.conindid = idx.indexrelid and held.contype = 'u'
where idx.indrelid = cast(:table as regclass) and not idx.indisprimary
order by idx.indexrelid
