-- The code of the only kabupaten, where no regency is at home yet.
select min(code)
from area
where level = 'kabupaten'
having count(*) = 1 and not exists (select from preference where key = 'regency' and value <> '')
