-- What:  Works that were done, under way, late or planned to begin in a period; those late first.
-- Grain: one row per work and period that it touches
-- Key:   property, work_id, period
-- Spec:  §13 half-year summary
with

final as (
    select
        w.property,
        w.zone,
        p.period,
        w.work_id,
        w.title,
        w.location,
        w.state,
        w.planned_from,
        w.planned_to,
        w.done_on,
        case
            when w.done_on < p.period_end and w.done_on <= w.planned_to then 'on_plan'
            when w.done_on < p.period_end then 'done_late'
            when w.planned_to < p.period_end then 'late'
            else 'under_way'
        end as keeping
    from mart.works as w
    join mart.periods as p
        on coalesce(w.planned_from, w.planned_to, w.done_on) < p.period_end and coalesce(w.done_on, p.period_start) >= p.period_start
    where p.period_kind not in ('day', 'week')
    order by w.property, p.period_kind, p.period_start, list_position(['late', 'done_late', 'on_plan', 'under_way'], keeping), w.planned_to, w.work_id
)

select * from final
