-- What:  Every period that a row may be of.
-- Grain: one row per period
-- Key:   period
-- Spec:  §0 periods
with

final as (
    select period
    from int.periods
    order by period
)

select * from final
