-- What:  The ten best and the ten worst touchpoints of a period; where there are fewer than twenty, none is in both.
-- Grain: one row per property, period, end (best or worst) and touchpoint
-- Key:   property, period, best_or_worst, domain, touchpoint
-- Spec:  §6
with

placed as (
    select *, count(*) over (partition by property, period) as places
    from mart.touchpoints
    where position is not null
),

ended as (
    select *, 'best' as best_or_worst, position as place
    from placed
    where position <= least(10, (places + 1) // 2)
    union all
    select *, 'worst', places + 1 - position
    from placed
    where places + 1 - position <= least(10, places // 2)
),

final as (
    select
        e.property,
        e.period,
        e.best_or_worst,
        e.place,
        e.domain,
        e.touchpoint,
        e.inspections,
        e.score,
        e.findings
    from ended as e
    join mart.periods as p using (period)
    order by e.property, p.period_kind, p.period_start, e.best_or_worst, e.place
)

select * from final
