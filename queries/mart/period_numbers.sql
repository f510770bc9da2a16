-- What:  Periods, numbered by kind and start.
-- Grain: one row per period
-- Key:   period_no
-- Spec:  §0 periods
with

final as (
    select row_number() over (order by period_kind, period_start) as period_no, period, period_kind, period_start, period_end
    from mart.periods
    order by period_no
)

select * from final
