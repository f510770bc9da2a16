-- What:  Whether the first and the last zone are really apart, in one sentence.
-- Grain: one row per property and period with a ranked zone
-- Key:   property, period
-- Spec:  §7 how sure the rank is
with

ends as (
    select
        property,
        period,
        count(*)::bigint as ranked,
        min_by(zone, (rank, zone)) as zone,
        min_by(score, (rank, zone)) as score,
        min_by(rank_high, (rank, zone)) as first_at_worst,
        max_by(zone, (rank, zone)) as last_zone,
        max_by(score, (rank, zone)) as last_score,
        max_by(rank_low, (rank, zone)) as last_at_best
    from mart.zone_ranking
    where rank is not null
    group by property, period
),

final as (
    select
        e.property,
        e.period,
        case when e.ranked = 1 then 'one' when e.last_at_best > e.first_at_worst then 'apart' else 'alike' end as finding,
        e.ranked,
        e.zone as first_zone,
        e.score,
        e.last_zone,
        e.last_score
    from ends as e
    join mart.periods as p using (period)
    order by e.property, p.period_kind, p.period_start
)

select * from final
