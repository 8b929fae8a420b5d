-- What is complained of in each village about waste and internet, of which anyone may know, each with its followers.
select village_code, category, sum(1 + least(supporters, :cap)) as voices
from complaint
where category in ('sampah', 'internet') and village_code is not null
  and visibility <> 'secret' and moderation <> 'hidden' and state not in ('merged', 'withdrawn', 'rejected')
group by village_code, category
