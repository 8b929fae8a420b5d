-- Whether a complaint has a photo of the result by that name.
select exists (select from complaint_photo where complaint_id = :complaint and name = :name and purpose = 'result')
