select service.*
from service join office_service on office_service.service_id = service.id
where office_service.office_id = :office_id
order by service.name
