-- What:    Closed complaints and repairs that say how they were closed, and whether that was the normal way.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: normal_closure = share, higher is better
-- Spec:    §1; a word that no list knows is a closure, and not a normal one
with

final as (
    select property, ticket_id as id, zone, category, technician, closed_at::date as counted_on, close_type = 'normal' as hit
    from int.tickets
    where is_counted and kind in ('complaint', 'repair') and closed_at is not null and close_type is not null
)

select * from final
