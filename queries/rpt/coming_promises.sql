-- What:  Promises that aren't due yet, the next one first.
-- Grain: one row per promise
-- Key:   property, ticket_id, promised_on
-- Spec:  §9 promises
with

final as (
    select
        p.property,
        t.zone,
        p.ticket_id,
        p.promised_on,
        case when p.completed_at is not null then 'completed' else 'promised' end as state,
        p.root_cause,
        p.solution,
        p.responsible_person
    from mart.promises as p
    left join int.tickets as t using (property, ticket_id)
    where p.state = 'promised'
    order by p.property, p.promised_on, p.ticket_id
)

select * from final
