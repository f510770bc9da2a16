-- What:    Repairs whose appointment, half an hour of grace included, is over, and whether somebody came by then.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: appointment_kept = share, higher is better
-- Spec:    §1
with

appointments as (
    select
        *,
        case when appointment_at_day then appointment_at else appointment_at + interval 30 minute end as latest_at
    from int.tickets
    where is_counted and kind = 'repair' and appointment_at is not null
),

final as (
    select
        property,
        ticket_id as id,
        zone,
        category,
        technician,
        latest_at::date as counted_on,
        coalesce(at_most(arrived_at, arrived_at_day, latest_at, appointment_at_day), false) as hit
    from appointments
    where latest_at < getvariable('as_of')
)

select * from final
