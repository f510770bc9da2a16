-- What:  What wasn't good enough in a half-year: rates that declined, then rates beyond their floor; three at most.
-- Grain: one row per property, half-year and metric
-- Key:   property, period, metric
-- Spec:  §13 half-year summary
with

found as (
    select
        *,
        case when change = 'worse' then 'declined' when below_floor then 'below' end as what
    from public.half_year_figures
    where value is not null
),

final as (
    select
        property,
        period,
        metric,
        metric || '.' || what as shortfall,
        value,
        before,
        target,
        window_days,
        row_number() over (partition by property, period order by what desc, position) as position
    from found
    where what is not null
    qualify row_number() over (partition by property, period order by what desc, position) <= 3
    order by property, period, position
)

select * from final
