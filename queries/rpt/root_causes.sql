-- What:  Complaints by root cause, the most frequent first, those unidentified last, beside the period before.
-- Grain: one row per property (and company), zone, period and root cause
-- Key:   property, zone, period, root_cause
-- Spec:  §1 root causes
with

complaints as (
    select property, zone, period, previous
    from rpt.compared
    where metric = 'complaints' and category = '*'
),

final as (
    select
        r.property,
        r.zone,
        r.period,
        r.position,
        r.root_cause,
        r.complaints,
        r.share,
        r.cumulative_share,
        case when c.previous is not null then coalesce(b.complaints, 0) end as previous,
        r.inferred,
        r.still_open,
        r.median_hours_to_close
    from mart.complaint_root_causes as r
    join mart.periods as p using (period)
    left join complaints as c on c.property = r.property and c.zone = r.zone and c.period = r.period
    left join mart.complaint_root_causes as b on b.property = r.property and b.zone = r.zone and b.period = p.previous and b.root_cause = r.root_cause
    order by r.property, r.zone, p.period_kind, p.period_start, r.position
)

select * from final
