-- What:    Completed repairs and complaints, and after how many hours.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: hours_to_complete_median = median, lower is better
--          hours_to_complete_p90 = p90, lower is better
-- Spec:    §1
with

final as (
    select
        property,
        ticket_id as id,
        zone,
        category,
        technician,
        completed_at::date as counted_on,
        hours_between(registered_at, registered_at_day, completed_at, completed_at_day) as value
    from int.tickets
    where is_counted and kind in ('complaint', 'repair') and completed_at is not null
)

select * from final
