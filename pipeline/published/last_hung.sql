-- What was last kept of a notice's relation. Arguments: report, relation, property, period.
select cells
from ref.published_public
where report = $1 and relation = $2 and property = $3 and period = $4
qualify published_on = max(published_on) over ()
order by position
