-- What:  Jobs that came back, each with its first return.
-- Grain: one row per job
-- Key:   property, ticket_id
-- Spec:  §2, §14
with

firsts as (
    select *
    from int.rework_pins
    qualify row_number() over (partition by property, ticket_id order by registered_at, returned_ticket_id) = 1
),

final as (
    select
        j.property,
        j.ticket_id,
        j.zone,
        j.category,
        j.technician,
        j.completed_at,
        f.returned_ticket_id,
        f.registered_at as returned_at,
        f.linked_by,
        f.registered_at::date - j.completed_at::date as days_between,
        v.counted_on
    from firsts as f
    join int.rework_jobs as j using (property, ticket_id)
    left join int.rework_verdicts as v using (property, ticket_id)
    order by j.property, j.completed_at, j.ticket_id
)

select * from final
