-- What: Half-years whose zones don't add up to the complaints received.
-- Stop: yes
with

summed as (
    select property, period, sum(complaints) as complaints
    from public.zones
    group by property, period
    having count(complaints) = count(*)
)

select s.property, s.period, s.complaints, f.value as received
from summed as s
join mart.figures as f on f.metric = 'complaints' and f.property = s.property and f.zone = '*' and f.category = '*' and f.period = s.period
where s.complaints <> f.value
