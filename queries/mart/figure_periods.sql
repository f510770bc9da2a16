-- What:  Months and longer in which a property, or the company (*), has a figure.
-- Grain: one row per property and period
-- Key:   property, period
-- Spec:  §14
with

final as (
    select distinct property, period, period_kind, period_start
    from mart.figures
    where zone = '*' and category = '*' and period_kind not in ('day', 'week')
    order by property, period
)

select * from final
