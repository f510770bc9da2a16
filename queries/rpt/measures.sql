-- What:  The measures that the company promises, with what shows that they are kept: those behind first.
-- Grain: one row per property, period, measure and evidence
-- Key:   property, period, measure, evidence
-- Spec:  §13 the 41 measures
with

final as (
    select
        m.property,
        m.period,
        m.measure,
        m.measure_state,
        m.evidence,
        case when e.activity_type is not null then 'activity' when e.metric is null then 'none' when e.category <> '*' then 'metric_of' else 'metric' end as evidence_kind,
        e.metric,
        e.category,
        e.activity_type,
        e.times,
        e.per,
        coalesce(f.unit, 'count') as unit,
        m.found,
        m.expected,
        m.last_on,
        m.state
    from mart.measures as m
    join int.evidences as e using (measure, evidence)
    left join mart.metrics as f using (metric)
    join mart.periods as p using (period)
    order by
        m.property, p.period_kind, p.period_start,
        list_position(['behind', 'no evidence', 'not due yet', 'on track', 'not measurable'], m.measure_state), m.measure,
        list_position(['behind', 'no evidence', 'not due yet', 'on track', 'not measurable'], m.state), m.evidence
)

select * from final
