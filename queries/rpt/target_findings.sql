-- What:  How many targets were reached, in one sentence.
-- Grain: one row per property (and company), zone (* for all) and period
-- Key:   property, zone, period
with

final as (
    select
        t.property,
        t.zone,
        t.period,
        count(*)::bigint as targets,
        count(*) filter (where t.state = 'reached')::bigint as reached,
        count(*) filter (where t.light = 'red' and not t.unsure)::bigint as red
    from rpt.targets as t
    join mart.periods as p using (period)
    group by t.property, t.zone, t.period, p.period_kind, p.period_start
    order by t.property, t.zone, p.period_kind, p.period_start
)

select * from final
