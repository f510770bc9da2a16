-- What:    Tickets of every kind, and whether they came outside working time.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: outside_working_hours = share
-- Spec:    §1, §12; a stamp without a time of day can't tell, not on a holiday either: else only holidays would be counted
with

tickets as (
    select property, ticket_id, zone, category, technician, registered_at, registered_at_day
    from int.tickets
    where is_counted
),

final as (
    select
        t.property,
        t.ticket_id as id,
        t.zone,
        t.category,
        t.technician,
        t.registered_at::date as counted_on,
        case when t.registered_at_day then null else coalesce(t.registered_at >= s.closes, true) end as hit,
        not coalesce(c.known, false) as provisional
    from tickets as t
    asof left join int.working_segments as s on t.registered_at >= s.opens
    left join ref.calendar as c on c.date = t.registered_at::date
)

select * from final
