-- What: Years with figures that depend on working days which nobody has announced yet, or which lie before the calendar: Monday to Friday was taken, and they are marked provisional.
-- Stop: no
select f.period as year, count(*) as metrics
from mart.figures as f
where f.provisional and f.property = '*' and f.zone = '*' and f.category = '*' and f.period_kind = 'year'
group by f.period
order by f.period
