-- What: Half-years whose causes don't add up to the complaints received, or whose categories don't to the repairs.
-- Stop: yes
with

summed as (
    select property, period, dimension, sum(amount) as amount
    from public.merged_counts
    group by property, period, dimension
    having count(amount) = count(*)
)

select s.property, s.period, s.dimension, s.amount, f.value as received
from summed as s
join mart.figures as f
    on f.metric = case when s.dimension = 'root_cause' then 'complaints' else 'repairs' end
    and f.property = s.property and f.zone = '*' and f.category = '*' and f.period = s.period
where s.amount <> f.value
