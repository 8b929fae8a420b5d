update hotspot set name = area.name
from area
where area.code = hotspot.village_code and hotspot.name is distinct from area.name
