-- What: Lines, headings or qualities with points below 0 or above 100, or points without a value.
-- Stop: yes
select property, period, quality, heading, metric, value, target, floor, points
from mart.scorecard
where points < 0 or points > 100 or (metric <> '*' and points is not null and value is null)
