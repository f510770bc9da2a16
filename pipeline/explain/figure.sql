-- One figure. Arguments: metric, property, zone, category, period.
select x, n, value, low, high, not_measurable, complete, provisional
from mart.figures
where metric = $1 and property = $2 and zone = $3 and category = $4 and period = $5
