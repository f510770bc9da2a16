-- What: Lines of the scorecard whose metric nothing feeds.
-- Stop: yes
select l.quality, l.heading, l.metric
from mart.scorecard_lines as l
anti join mart.metrics as m using (metric)
where l.metric is not null
