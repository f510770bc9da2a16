-- What: Shares outside 0 to 1, or outside their own interval.
-- Stop: yes
select f.metric, f.property, f.zone, f.category, f.period, f.x, f.n, f.value, f.low, f.high
from mart.figures as f
join mart.metrics as m using (metric)
where m.aggregate = 'share' and (f.value < 0 or f.value > 1 or f.x > f.n or f.low > f.value + 1e-12 or f.high < f.value - 1e-12)
