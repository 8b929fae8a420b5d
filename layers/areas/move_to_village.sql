update the_table as feature
set village_code = relocated.village_code
from relocated
where relocated.id = feature.id and relocated.village_code is distinct from feature.village_code
