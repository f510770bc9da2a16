-- What:  The indicators of the appraisal: raw, drawn towards the property, as points.
-- Grain: one row per technician, period and indicator that the property has
-- Key:   property, technician, period, indicator
-- Spec:  §10, §7
with

rates as (
    select
        property,
        technician,
        period,
        unnest(['on_time', 'rework', 'satisfied']) as indicator,
        unnest([on_time_x, rework_x, satisfied_x]) as x,
        unnest([on_time_n, rework_n, satisfied_n]) as n,
        unnest([on_time_not_measurable, 0, 0]) as not_measurable
    from mart.technician_counts
),

-- Where more than a fifth can't be measured, the rest would be a biased selection.
valued as (
    select *, case when n > 0 and not_measurable <= 0.2 * (n + not_measurable) then x / n end as raw
    from rates
),

beside_property as (
    select v.*, m.raw as m, t.target, t.floor
    from valued as v
    join valued as m on m.property = v.property and m.period = v.period and m.indicator = v.indicator and m.technician = '*'
    join int.period_targets as t on t.period = v.period and t.metric = v.indicator
    where v.technician <> '*' and m.raw is not null
),

drawn as (
    select
        *,
        case when raw is null then m else (n * raw + 20 * m) / (n + 20) end as shrunk,
        case when raw is null then points(m, target, floor) else (n * points(raw, target, floor) + 20 * points(m, target, floor)) / (n + 20) end as points
    from beside_property
),

usual_workload as (
    select property, period, quantile_cont(workload, 0.5) as target
    from mart.technician_counts
    where technician <> '*' and completed > 0
    group by property, period
),

final as (
    select
        property,
        technician,
        period,
        indicator,
        raw,
        shrunk,
        points,
        30 as weight,
        case when raw is null then 0.0 else power(30 * 100 / abs(target - floor) * n / (n + 20), 2) * shrunk * (1 - shrunk) / n end as weighted_variance
    from drawn
    union all
    select c.property, c.technician, c.period, 'workload', c.workload, c.workload, points(c.workload, u.target, 0), 10, 0.0
    from mart.technician_counts as c
    join usual_workload as u using (property, period)
    where c.technician <> '*' and u.target > 0
    order by property, technician, period, indicator
)

select * from final
