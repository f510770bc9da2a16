-- What:  Jobs counted as reworked in a period, the latest return first.
-- Grain: one row per job and period in which it is counted
-- Key:   property, ticket_id, period
-- Spec:  §2
with

final as (
    select
        j.property,
        j.zone,
        p.period,
        j.ticket_id,
        j.category,
        j.technician,
        j.completed_at,
        j.returned_ticket_id,
        j.returned_at,
        j.days_between,
        j.linked_by,
        j.counted_on
    from mart.rework_jobs as j
    join mart.periods as p on j.counted_on >= p.period_start and j.counted_on < p.period_end
    where p.period_kind not in ('day', 'week')
    order by j.property, p.period_kind, p.period_start, j.returned_at desc, j.ticket_id
)

select * from final
