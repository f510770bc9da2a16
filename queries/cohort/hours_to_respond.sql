-- What:    Repairs and complaints that somebody responded to, and after how many hours.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: hours_to_respond_median = median, lower is better
--          hours_to_respond_p90 = p90, lower is better
-- Spec:    §1
with

final as (
    select
        property,
        ticket_id as id,
        zone,
        category,
        technician,
        responded_at::date as counted_on,
        hours_between(registered_at, registered_at_day, responded_at, responded_at_day) as value
    from int.responses
    where responded_at is not null
)

select * from final
