-- What: Counts and hours below nothing, or figures with more that couldn't be measured than nobody.
-- Stop: yes
select f.metric, f.property, f.zone, f.category, f.period, f.x, f.n, f.value, f.not_measurable
from mart.figures as f
join mart.metrics as m using (metric)
where (m.aggregate in ('count', 'share', 'per_100') and (f.x < 0 or f.n < 0)) or (m.unit = 'hours' and f.value < 0) or f.not_measurable < 0
