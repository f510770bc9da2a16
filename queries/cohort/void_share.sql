-- What:    Tickets whose loop_days are over, void ones too, and whether they were made void.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: void_share = share, lower is better
-- Spec:    §1; merged tickets are left out
with

final as (
    select
        property,
        ticket_id as id,
        zone,
        category,
        technician,
        last_date(window_end(registered_at, registered_at_day, getvariable('loop_days'))) as counted_on,
        is_void as hit
    from int.tickets
    where not is_merged and window_end(registered_at, registered_at_day, getvariable('loop_days')) <= getvariable('as_of')
)

select * from final
