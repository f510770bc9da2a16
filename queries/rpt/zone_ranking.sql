-- What:  Zones in the order of their score; those without a rank last.
-- Grain: one row per zone and period
-- Key:   property, zone, period
-- Spec:  §7
with

final as (
    select
        r.property,
        r.zone,
        r.period,
        r.rank,
        r.score,
        r.rank_low,
        r.rank_high,
        r.movement,
        case when r.zone = 'unassigned' then 'unassigned' when r.too_few then 'too_few' end as standing
    from mart.zone_ranking as r
    join mart.periods as p using (period)
    order by r.property, p.period_kind, p.period_start, r.rank nulls last, r.zone
)

select * from final
