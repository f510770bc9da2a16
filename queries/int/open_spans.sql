-- What:  When each complaint or repair was open: from its registration until its completion, or still.
-- Grain: one row per complaint or repair that is not closed without a date
-- Key:   property, ticket_id
-- Spec:  §1 open_tickets, §9
with

final as (
    select
        t.property,
        t.ticket_id,
        t.kind,
        t.zone,
        t.category,
        t.owner,
        t.registered_at,
        t.completed_at,
        d.deadline,
        d.is_due,
        coalesce(d.deadline is not null and d.provisional, false) as provisional
    from int.tickets as t
    left join int.deadlines as d using (property, ticket_id)
    where t.is_counted and t.kind in ('complaint', 'repair') and not t.is_closed_without_date
)

select * from final
