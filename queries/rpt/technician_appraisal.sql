-- What:  Technicians in the order of their rank, those with too few jobs last.
-- Grain: one row per technician and period
-- Key:   property, technician, period
-- Spec:  §10
with

final as (
    select
        a.property,
        a.technician,
        a.period,
        a.rank,
        a.score,
        a.rank_low,
        a.rank_high,
        a.completed,
        a.workload,
        a.on_time_n,
        a.on_time_x / nullif(a.on_time_n, 0) as on_time,
        a.rework_n,
        a.rework_x / nullif(a.rework_n, 0) as rework,
        a.satisfied_n,
        a.satisfied_x / nullif(a.satisfied_n, 0) as satisfied,
        a.fee_complaints,
        a.median_hours_to_respond,
        case when a.too_few then 'too_few' end as standing
    from mart.technician_appraisal as a
    join mart.periods as p using (period)
    order by a.property, p.period_kind, p.period_start, a.rank nulls last, a.score desc nulls last, a.technician
)

select * from final
