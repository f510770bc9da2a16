-- What:  The measures of the model and what shows that they are kept, the worst first.
-- Grain: one row per property, period, measure and evidence; evidence is empty where none is named
-- Key:   property, period, measure, evidence
-- Spec:  §13 the 41 measures
with

together as (
    select * from mart.measured_evidence
    union all
    select * from mart.activity_evidence
    union all
    select p.property, p.period, e.measure, e.evidence, null, null, null, 'not measurable'
    from mart.figure_periods as p
    cross join int.evidences as e
    where p.property <> '*' and e.evidence = ''
),

weighed as (
    select
        *,
        list_position(['behind', 'no evidence', 'not due yet', 'on track', 'not measurable'], state) as badness,
        min(badness) over (partition by property, period, measure) as worst
    from together
),

final as (
    select
        w.property,
        w.period,
        w.measure,
        w.evidence,
        w.expected,
        w.found,
        w.last_on,
        w.state,
        (['behind', 'no evidence', 'not due yet', 'on track', 'not measurable'])[w.worst] as measure_state
    from weighed as w
    join mart.periods as p using (period)
    order by w.property, p.period_kind, p.period_start, w.worst, w.measure, w.badness, w.evidence
)

select * from final
