-- What:  Open complaints and repairs whose time limit has run out.
-- Grain: one row per ticket
-- Key:   property, ticket_id
-- Spec:  §3 overdue list
with

final as (
    select property, ticket_id, zone, category, kind, owner, deadline, overdue_hours, delay_reason
    from mart.open_tickets
    where overdue_hours is not null
    order by property, delay_reason is not null, overdue_hours desc, ticket_id
)

select * from final
