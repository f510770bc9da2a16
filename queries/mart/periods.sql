-- What:  Periods of every kind that have begun before D, with the ones to compare with.
-- Grain: one row per period
-- Key:   period
-- Spec:  §0 periods, compare
with

final as (
    select * from int.periods
    order by period_kind, period_start
)

select * from final
