-- What:    Zone rankings of the editions that this night publishes.
-- Grain:   one row per zone and period
-- Key:     property, zone, period
-- Columns: property varchar, zone varchar, period varchar, score double, rank bigint, rank_low bigint, rank_high bigint, movement bigint, too_few boolean
-- Spec:    §7
with

final as (
    select r.property, r.zone, r.period, r.score, r.rank, r.rank_low, r.rank_high, r.movement, r.too_few
    from mart.zone_ranking as r
    semi join kept.editions as e using (period)
    order by r.property, r.period, r.rank nulls last, r.zone
)

select * from final
