-- What:  Rates that the notice of the half before gave, and that late or corrected records have moved since: what it said, and what it would say now.
-- Grain: one row per property, half-year and metric that moved
-- Key:   property, period, metric
-- Spec:  §13 restatements since the last one; public figures
with

-- As residents read it. What was a word and no rate stays out: going from a rate to a word would tell how many lie between.
posted as (
    select property, period, position, cells ->> 'metric' as metric, (cells ->> 'value')::double as rate
    from mart.posted_rows
    where report = 'R6' and relation = 'half_year_figures'
),

present as (
    select property, period, metric, public_rate(x, n) as rate
    from mart.figures
    where zone = '*' and category = '*'
),

final as (
    select
        h.property,
        h.period,
        b.metric,
        b.rate as was,
        f.rate as now,
        getvariable('rework_window_days') as window_days,
        b.position
    from public.halves as h
    join posted as b on b.property = h.property and b.period = h.previous
    join present as f on f.property = b.property and f.period = b.period and f.metric = b.metric
    -- Only what residents can see has moved for them.
    where b.rate <> f.rate
    order by h.property, h.period, b.position
)

select * from final
