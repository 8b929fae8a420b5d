-- How many people are in a complaint besides its reporter (reporter:12): those who have confirmed that they follow it, and
-- who reported what was merged into it; who gave the same phone number or address as the reporter is the reporter.
select count(*)
from complaint_follower as voice
where voice.complaint_id = :complaint and (voice.confirmed or starts_with(voice.follower, 'reporter:'))
  and voice.follower <> :reporter
  and not exists (
      select from identity as mine join identity as theirs
        on theirs.email_hash = mine.email_hash or theirs.phone_hash = mine.phone_hash
      where mine.subject = replace(:reporter, 'reporter:', 'complaint:')
        and theirs.subject = replace(voice.follower, 'reporter:', 'complaint:'))
