-- What:  The rank of one zone among those ranked, in one sentence.
-- Grain: one row per zone and period
-- Key:   property, zone, period
-- Spec:  §7
with

ranked as (
    select property, period, count(rank)::bigint as ranked
    from mart.zone_ranking
    group by property, period
),

final as (
    select
        r.property,
        r.zone,
        r.period,
        case when r.rank is null then 'too_few' when r.movement > 0 then 'up' when r.movement < 0 then 'down' else 'same' end as finding,
        r.rank,
        n.ranked,
        r.score,
        r.rank_low,
        r.rank_high,
        abs(r.movement) as places
    from mart.zone_ranking as r
    join ranked as n using (property, period)
    join mart.periods as p using (period)
    order by r.property, r.zone, p.period_kind, p.period_start
)

select * from final
