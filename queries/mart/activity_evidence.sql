-- What:  Evidence of measures that is an activity, so many times per week, month, quarter or half.
-- Grain: one row per property, period, measure and such evidence
-- Key:   property, period, measure, evidence
-- Spec:  §13: judged by the sub-periods whose last day lies in the period, is past and isn't before the property's first activity
with

asked as (
    select p.property, p.period, e.measure, e.evidence, e.activity_type, e.times, e.per, q.period_start, q.period_end
    from mart.figure_periods as p
    cross join int.evidences as e
    join mart.periods as q using (period)
    where p.property <> '*' and e.activity_type is not null
),

firsts as (
    select property, min(held_on) as first_on from int.held_activities group by property
),

paces as (
    select distinct activity_type, per from int.evidences where activity_type is not null
),

held as (
    select h.property, h.activity_type, p.per, first_day(p.per, h.held_on) as first_day, count(*) as times
    from int.held_activities as h
    join paces as p using (activity_type)
    group by all
),

judged as (
    select a.property, a.period, a.measure, a.evidence, count(*) as sub_periods, count(*) filter (where coalesce(h.times, 0) < a.times) as short_ones
    from asked as a
    join firsts as f using (property)
    join int.sub_periods as s on s.per = a.per and s.last_day >= a.period_start and s.last_day < a.period_end and s.last_day >= f.first_on
    left join held as h on h.property = a.property and h.activity_type = a.activity_type and h.per = a.per and h.first_day = s.first_day
    group by a.property, a.period, a.measure, a.evidence
),

found as (
    select a.property, a.period, a.measure, a.evidence, count(*) as found, max(h.held_on) as last_on
    from asked as a
    join int.held_activities as h
        on h.property = a.property and h.activity_type = a.activity_type and h.held_on >= a.period_start and h.held_on < a.period_end
    group by a.property, a.period, a.measure, a.evidence
),

final as (
    select
        a.property,
        a.period,
        a.measure,
        a.evidence,
        (a.times * coalesce(j.sub_periods, 1))::double as expected,
        coalesce(n.found, 0)::double as found,
        n.last_on,
        case
            when f.first_on is null then 'no evidence'
            when j.sub_periods is null then 'not due yet'
            when j.short_ones > 0 then 'behind'
            else 'on track'
        end as state
    from asked as a
    left join firsts as f using (property)
    left join judged as j using (property, period, measure, evidence)
    left join found as n using (property, period, measure, evidence)
    order by property, period, measure, evidence
)

select * from final
