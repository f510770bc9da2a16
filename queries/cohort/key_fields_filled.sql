-- What:    Tickets of every kind, and how many of their four key cells are filled: zone, category, description, owner.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: key_fields_filled = share, higher is better
-- Spec:    §1; weight 4
with

final as (
    select
        property,
        ticket_id as id,
        zone,
        category,
        technician,
        registered_at::date as counted_on,
        ((zone <> 'unassigned')::int + (category <> 'unclassified')::int + has_description::int
        + (coalesce(responsible_person, technician) is not null)::int)::double as hits,
        4.0::double as weight
    from int.tickets
    where is_counted
)

select * from final
