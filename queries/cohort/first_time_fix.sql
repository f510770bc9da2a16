-- What:    Completed repairs whose window is over, and whether one visit mended it for good.
-- Grain:   one row per repair
-- Key:     property, id
-- Of:      ticket
-- Figures: first_time_fix = share, higher is better
-- Spec:    §1, §2
with

-- Every callback speaks here, by a machine or a person: what counts is that the resident says it isn't mended.
contradicted as (
    select distinct j.property, j.ticket_id
    from int.rework_jobs as j
    join stg.callbacks as c using (property, ticket_id)
    where c.resolved_code = 'no' and within_days(c.called_at, c.called_at_day, j.completed_at, j.completed_at_day, j.window_days)
),

final as (
    select
        v.property,
        v.ticket_id as id,
        v.zone,
        v.category,
        v.technician,
        v.counted_on,
        t.dispatch_count <= 1 and not v.hit and coalesce(t.reopened_count, 0) = 0 and c.ticket_id is null as hit
    from int.rework_verdicts as v
    join int.tickets as t using (property, ticket_id)
    left join contradicted as c using (property, ticket_id)
    where t.dispatch_count is not null
)

select * from final
