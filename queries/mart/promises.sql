-- What:  What the weekly meeting promised, and whether it was kept.
-- Grain: one row per ticket and promised date
-- Key:   property, ticket_id, promised_on
-- Spec:  §9 promises, §14
with

final as (
    select
        a.property,
        a.ticket_id,
        a.promised_on,
        coalesce(k.root_cause, a.root_cause) as root_cause,
        a.solution,
        a.responsible_person,
        t.completed_at,
        case
            when a.promised_on >= getvariable('as_of') then 'promised'
            when t.completed_at::date <= a.promised_on then 'kept'
            else 'broken'
        end as state
    from stg.actions as a
    left join int.root_cause_keys as k on k.cause_key = a.root_cause_key
    left join int.tickets as t using (property, ticket_id)
    order by a.property, a.promised_on, a.ticket_id
)

select * from final
