-- The tables of the schema in use that outlive a crash, without those that belong to an extension such as PostGIS.
select relname
from pg_class
where relkind = 'r' and relpersistence = 'p' and relnamespace = current_schema()::regnamespace
  and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
order by relname
