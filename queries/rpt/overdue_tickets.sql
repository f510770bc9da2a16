-- What:  Overdue complaints and repairs for the weekly meeting, those without a reason first, with what the meeting promised last and columns to fill in.
-- Grain: one row per overdue ticket
-- Key:   property, ticket_id
-- Spec:  §3 overdue list; product, R2
with

last_promises as (
    select property, ticket_id, promised_on, state
    from mart.promises
    qualify row_number() over (partition by property, ticket_id order by promised_on desc) = 1
),

final as (
    select
        o.property,
        o.property as property_code,
        o.zone,
        o.ticket_id,
        o.kind,
        o.category,
        o.owner,
        o.deadline,
        o.overdue_hours,
        o.delay_reason,
        l.promised_on as last_promised_on,
        l.state as last_promise,
        null::varchar as root_cause,
        null::varchar as solution,
        null::varchar as responsible_person,
        null::date as promised_on
    from mart.overdue_tickets as o
    left join last_promises as l using (property, ticket_id)
    order by o.property, o.delay_reason is not null, o.overdue_hours desc, o.ticket_id
)

select * from final
