-- What:  Half-years that notices can be made of, and whether the half before can be compared with.
-- Grain: one row per property and complete half-year
-- Key:   property, period
-- Spec:  §13 half-year summary
with

halves as (
    select period, period_start, period_end, previous, year_before
    from mart.periods
    where period_kind = 'half' and complete
),

final as (
    select
        p.property,
        h.period,
        h.period_start,
        h.period_end,
        -- A half that the first ticket of the property lies in is not a whole one.
        case when b.period_start >= p.first_on then h.previous end as previous,
        case when y.period_start >= p.first_on then h.year_before end as year_before
    from mart.properties as p
    join halves as h on h.period_end > p.first_on
    left join mart.periods as b on b.period = h.previous
    left join mart.periods as y on y.period = h.year_before
    order by p.property, h.period_start
)

select * from final
