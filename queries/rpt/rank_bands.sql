-- What:  The rank of each zone and the range in which it may lie, as parts of a bar: up to the range, before the rank, the rank, after it.
-- Grain: one row per ranked zone and period
-- Key:   property, zone, period
-- Spec:  §7 how sure the rank is
with

final as (
    select
        r.property,
        r.zone,
        r.period,
        r.rank_low - 0.5::double as "offset",
        r.rank - r.rank_low as better,
        1 as own,
        r.rank_high - r.rank as worse
    from mart.zone_ranking as r
    join mart.periods as p using (period)
    where r.rank is not null
    order by r.property, p.period_kind, p.period_start, r.rank, r.zone
)

select * from final
