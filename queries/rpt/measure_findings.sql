-- What:  How many of the measures are in which state, in one sentence.
-- Grain: one row per property and period
-- Key:   property, period
-- Spec:  §13 the 41 measures
with

single as (
    select distinct property, period, measure, measure_state
    from mart.measures
),

final as (
    select
        s.property,
        s.period,
        count(*)::bigint as measures,
        count(*) filter (where measure_state = 'on track')::bigint as on_track,
        count(*) filter (where measure_state = 'behind')::bigint as behind,
        count(*) filter (where measure_state = 'not due yet')::bigint as not_due,
        count(*) filter (where measure_state = 'no evidence')::bigint as no_evidence,
        count(*) filter (where measure_state = 'not measurable')::bigint as not_measurable
    from single as s
    join mart.periods as p using (period)
    group by s.property, s.period, p.period_kind, p.period_start
    order by s.property, p.period_kind, p.period_start
)

select * from final
