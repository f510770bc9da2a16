-- What:  The figure in which properties differ most, where they clearly do.
-- Grain: one row per period with at least two properties
-- Key:   period
-- Spec:  §0: 5 points at least, and the worst value outside the interval of the best
with

judged as (
    select *, list_position(getvariable('kpis'), metric) as listed
    from rpt.compared
    where property <> '*' and zone = '*' and category = '*' and points is not null and list_contains(getvariable('kpis'), metric)
),

spread as (
    select
        period,
        metric,
        any_value(unit) as unit,
        any_value(listed) as listed,
        count(*) as properties,
        max(points) - min(points) as apart,
        arg_max(property, (points, property)) as best,
        arg_max(value, (points, property)) as best_value,
        arg_max(coalesce(low, value), (points, property)) as best_low,
        arg_max(coalesce(high, value), (points, property)) as best_high,
        arg_min(property, (points, property)) as worst,
        arg_min(value, (points, property)) as worst_value
    from judged
    group by period, metric
    having count(*) >= 2
),

clear as (
    select *
    from spread
    where apart >= 5 and worst_value not between best_low and best_high
    qualify row_number() over (partition by period order by apart desc, listed) = 1
),

final as (
    select
        l.period,
        case when c.metric is null then 'alike' else 'differ' end as finding,
        c.metric,
        c.unit,
        c.best,
        c.best_value,
        c.worst,
        c.worst_value
    from (select distinct period from spread) as l
    left join clear as c using (period)
    join mart.periods as p using (period)
    order by p.period_kind, p.period_start
)

select * from final
