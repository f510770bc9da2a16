-- What:  Every figure beside the period before, the year before and its target, with its traffic light.
-- Grain: one row per metric, cell and period
-- Key:   metric, property, zone, category, period
-- Spec:  §0 compare, traffic light
with

-- A count or sum without a row is 0, in a period that is kept and begins after the property's first ticket; all else is empty.
former as (
    select
        p.period,
        f.property,
        before.period as previous,
        year.period as year_before,
        before.period_start >= f.first_on as has_previous,
        year.period_start >= f.first_on as has_year_before
    from mart.periods as p
    cross join int.first_tickets as f
    left join mart.periods as before on before.period = p.previous
    left join mart.periods as year on year.period = p.year_before
    where p.complete
),

compared as (
    select
        g.metric,
        g.property,
        g.zone,
        g.category,
        g.period,
        g.period_kind,
        g.period_start,
        g.period_end,
        g.value,
        g.low,
        g.high,
        g.n,
        m.aggregate in ('count', 'sum') as is_count,
        case when f.has_previous then case when b.metric is not null then b.value when m.aggregate in ('count', 'sum') then 0 end end as previous,
        case when f.has_year_before then case when y.metric is not null then y.value when m.aggregate in ('count', 'sum') then 0 end end as year_before
    from mart.figures as g
    join mart.metrics as m using (metric)
    left join former as f on f.property = g.property and f.period = g.period
    left join mart.figures as b on b.metric = g.metric and b.property = g.property and b.zone = g.zone and b.category = g.category and b.period = f.previous
    left join mart.figures as y on y.metric = g.metric and y.property = g.property and y.zone = g.zone and y.category = g.category and y.period = f.year_before
),

lit as (
    select
        c.*,
        t.target,
        t.floor,
        case
            when c.value is null or t.target is null then null
            when (t.target > t.floor and c.value >= t.target) or (t.target < t.floor and c.value <= t.target) then 'green'
            when (t.target > t.floor and c.value <= t.floor) or (t.target < t.floor and c.value >= t.floor) then 'red'
            else 'amber'
        end as light
    from compared as c
    left join int.period_targets as t using (metric, period)
),

final as (
    select
        metric,
        property,
        zone,
        category,
        period,
        value,
        previous,
        year_before,
        target,
        floor,
        light,
        case
            when light is null then null
            else n < 20 or coalesce(target > low and target < high, false) or coalesce(floor > low and floor < high, false)
        end as unsure
    from lit
    order by metric, property, zone, category, period_kind, period_start
)

select * from final
