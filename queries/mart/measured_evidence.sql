-- What:  Evidence of measures that is a metric, against its target.
-- Grain: one row per property, period, measure and such evidence
-- Key:   property, period, measure, evidence
-- Spec:  §13; a metric without a target gives no evidence
with

asked as (
    select p.property, p.period, e.measure, e.evidence, e.metric, e.category
    from mart.figure_periods as p
    cross join int.evidences as e
    where p.property <> '*' and e.activity_type is null and e.evidence <> ''
),

wanted as (
    select distinct metric from int.evidences where metric is not null
),

monthly as (
    select m.metric, c.property, c.category, month_of(c.counted_on) as month_start, max(c.counted_on) as last_on
    from query_table(getvariable('cohorts'), true) as c
    join mart.metrics as m using (cohort)
    semi join wanted as w using (metric)
    group by m.metric, c.property, c.category, month_of(c.counted_on)
),

newest as (
    select m.metric, m.property, case when grouping(m.category) = 1 then '*' else m.category end as category, p.period, max(m.last_on) as last_on
    from monthly as m
    join mart.periods as p on m.month_start >= p.period_start and m.month_start < p.period_end
    where p.period_kind not in ('day', 'week')
    group by m.metric, m.property, p.period, grouping sets ((), (m.category))
),

final as (
    select
        a.property,
        a.period,
        a.measure,
        a.evidence,
        t.target as expected,
        f.value as found,
        n.last_on,
        case
            when f.value is null or t.target is null then 'no evidence'
            when (t.target >= t.floor and f.value >= t.target) or (t.target < t.floor and f.value <= t.target) then 'on track'
            else 'behind'
        end as state
    from asked as a
    left join mart.figures as f on f.metric = a.metric and f.property = a.property and f.zone = '*' and f.category = a.category and f.period = a.period
    left join int.period_targets as t on t.metric = a.metric and t.period = a.period
    left join newest as n on n.metric = a.metric and n.property = a.property and n.category = a.category and n.period = a.period
    order by property, period, measure, evidence
)

select * from final
