-- What: Figures without a value, though enough of their members can be measured.
-- Stop: yes
select f.metric, f.property, f.zone, f.category, f.period, f.n, f.not_measurable
from mart.figures as f
join mart.metrics as m using (metric)
where m.aggregate <> 'ratio' and f.value is null and f.n > 0 and f.not_measurable <= 0.2 * (f.n + f.not_measurable)
