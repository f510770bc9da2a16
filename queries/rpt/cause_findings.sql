-- What:  What the root causes of a period come to, in one sentence.
-- Grain: one row per property (and company), zone and period
-- Key:   property, zone, period
-- Spec:  §1 root causes: above a fifth unidentified, their order isn't reliable
with

complaints as (
    select property, zone, period, period_kind, period_start, x as total
    from rpt.compared
    where metric = 'complaints' and category = '*'
),

unidentified as (
    select property, zone, period, share
    from rpt.root_causes
    where root_cause = 'unidentified'
),

foremost as (
    select
        property,
        zone,
        period,
        count(*)::bigint as identified,
        min_by(root_cause, position) as root_cause,
        min_by(complaints, position) as complaints,
        min_by(share, position) as share,
        least(count(*), 3)::bigint as causes,
        max(cumulative_share) filter (where position <= 3) as cumulative_share
    from rpt.root_causes
    where root_cause <> 'unidentified'
    group by property, zone, period
),

final as (
    select
        c.property,
        c.zone,
        c.period,
        case
            when c.total = 0 then 'none'
            when u.share > 0.2 then 'unidentified'
            when l.identified = 1 and u.share is null then 'one'
            else 'several'
        end as finding,
        l.root_cause,
        l.complaints,
        c.total::bigint as total,
        case when u.share > 0.2 then u.share else l.share end as share,
        l.causes,
        l.cumulative_share
    from complaints as c
    left join foremost as l using (property, zone, period)
    left join unidentified as u using (property, zone, period)
    order by c.property, c.zone, c.period_kind, c.period_start
)

select * from final
