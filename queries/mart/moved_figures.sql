-- What:  Published figures that aren't what they were in the edition that tonight is compared with: what they were, what they are, and the cohort that they
--        count (of stocks and household rates, stock and complaints).
-- Grain: one row per metric, cell and period that moved
-- Key:   metric, property, zone, category, period
-- Spec:  §14 restatements. A figure moved where its value, x or n did
with

-- A metric that one of the two nights didn't know has nothing to compare. Stocks and household rates have no cohort of their own.
metrics as (
    select
        e.period,
        e.published_on,
        e.edition,
        m.metric,
        case when m.aggregate = 'per_100' then 'complaints' when m.cohort is null then 'stock' else m.cohort end as cohort,
        m.aggregate = 'per_100' as is_per_household,
        case when m.aggregate in ('count', 'sum') then 0.0 end as of_nobody
    from int.compared_editions as e
    join ref.published_metrics as k using (published_on)
    join mart.metrics as m using (metric)
),

published as (
    select f.*
    from ref.published_figures as f
    semi join int.compared_editions as e using (period, published_on)
),

present as (
    select f.*
    from mart.figures as f
    semi join int.compared_editions as e using (period)
),

beside as (
    select
        coalesce(p.metric, f.metric) as metric,
        coalesce(p.property, f.property) as property,
        coalesce(p.zone, f.zone) as zone,
        coalesce(p.category, f.category) as category,
        coalesce(p.period, f.period) as period,
        p.metric is null as is_new,
        f.metric is null as is_gone,
        p.value as was,
        p.x as was_x,
        p.n as was_n,
        f.value as now,
        f.x as now_x,
        f.n as now_n
    from published as p
    full join present as f using (metric, property, zone, category, period)
),

-- A count or sum without a row is 0. Doubles are compared to what a double can hold.
final as (
    select
        b.metric,
        b.property,
        b.zone,
        b.category,
        b.period,
        m.published_on,
        m.edition,
        m.cohort,
        m.is_per_household,
        case when b.is_new then m.of_nobody else b.was end as was,
        case when b.is_new then m.of_nobody else b.was_x end as was_x,
        case when b.is_new then m.of_nobody else b.was_n end as was_n,
        case when b.is_gone then m.of_nobody else b.now end as now,
        case when b.is_gone then m.of_nobody else b.now_x end as now_x,
        case when b.is_gone then m.of_nobody else b.now_n end as now_n
    from beside as b
    join metrics as m using (metric, period)
    where not (same_number(was, now) and same_number(was_x, now_x) and same_number(was_n, now_n))
    order by b.metric, b.property, b.zone, b.category, b.period
)

select * from final
