-- What:  Complaints and repairs open at D, those longest past their deadline first.
-- Grain: one row per open ticket
-- Key:   property, ticket_id
-- Spec:  §9
with

final as (
    select
        property,
        zone,
        ticket_id,
        kind,
        place,
        category,
        age_days,
        deadline,
        overdue_hours,
        owner,
        -- Nobody looks for the cause of a repair: one that isn't there says nothing.
        case when kind = 'complaint' or root_cause <> 'unidentified' then root_cause end as root_cause,
        stage,
        delay_reason
    from mart.open_tickets
    order by property, overdue_hours desc nulls last, ticket_id
)

select * from final
