-- What: Cells in which the causes' counts don't add up to the complaints.
-- Stop: yes
with

causes as (
    select property, zone, period, sum(complaints) as complaints
    from mart.complaint_root_causes
    group by property, zone, period
),

figures as (
    select f.property, f.zone, f.period, f.x as complaints
    from mart.figures as f
    join mart.periods as p using (period)
    where f.metric = 'complaints' and f.category = '*' and p.period_kind not in ('day', 'week')
),

final as (
    select coalesce(f.property, c.property) as property, coalesce(f.zone, c.zone) as zone, coalesce(f.period, c.period) as period, f.complaints as counted, c.complaints as by_cause
    from figures as f
    full join causes as c on c.property = f.property and c.zone = f.zone and c.period = f.period
    where coalesce(f.complaints, 0) <> coalesce(c.complaints, 0)
)

select * from final
