-- What:  The most frequent root causes for a chart: at most seven, the rest as other, those unidentified last.
-- Grain: one row per property (and company), zone, period and bar
-- Key:   property, zone, period, root_cause
with

ranked as (
    select *, count(*) filter (where root_cause <> 'unidentified') over (partition by property, zone, period) as identified
    from rpt.root_causes
),

barred as (
    select
        property,
        zone,
        period,
        complaints,
        case
            when root_cause = 'unidentified' or identified <= 7 or position <= 6 then root_cause
            else 'other'
        end as root_cause,
        case
            when root_cause = 'unidentified' then 9
            when identified <= 7 or position <= 6 then position
            else 8
        end as bar
    from ranked
),

summed as (
    select property, zone, period, root_cause, bar, sum(complaints)::bigint as complaints
    from barred
    group by property, zone, period, root_cause, bar
),

final as (
    select
        s.property,
        s.zone,
        s.period,
        s.root_cause,
        case when s.bar < 8 then s.complaints end as identified,
        case when s.bar >= 8 then s.complaints end as rest,
        (sum(s.complaints) over running)::bigint / (sum(s.complaints) over everything)::bigint as cumulative_share
    from summed as s
    join mart.periods as p using (period)
    window
        everything as (partition by s.property, s.zone, s.period),
        running as (partition by s.property, s.zone, s.period order by s.bar)
    order by s.property, s.zone, p.period_kind, p.period_start, s.bar
)

select * from final
