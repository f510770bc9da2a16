-- What:  The kinds of periods.
-- Grain: one row per kind
-- Key:   period_kind
-- Spec:  §0 periods
with

final as (
    select distinct period_kind
    from int.periods
    order by period_kind
)

select * from final
