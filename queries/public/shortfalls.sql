-- What:  What wasn't good enough in a half-year: every rate that declined, then every rate beyond its floor; one row that says so where there are rates and none fell short.
-- Grain: one row per property, half-year and metric (* where none fell short)
-- Key:   property, period, metric
-- Spec:  §13 half-year summary
with

rates as (
    select
        *,
        case when change = 'worse' then 'declined' when below_floor then 'below' end as what
    from public.half_year_figures
    where value is not null
),

short as (
    select
        property,
        period,
        metric,
        metric || '.' || what as shortfall,
        metric as remedy,
        value,
        before,
        coalesce(next_target, target) as target,
        row_number() over (partition by property, period order by what desc, position) as position
    from rates
    where what is not null
),

unblemished as (
    select property, period
    from rates
    group by property, period
    having count(what) = 0
),

final as (
    select property, period, metric, shortfall, remedy, value, before, target, getvariable('rework_window_days') as window_days, position
    from short
    union all
    select property, period, '*', 'none', null, null, null, null, getvariable('rework_window_days'), 1
    from unblemished
    order by property, period, position
)

select * from final
