-- What:  The first sign that somebody took up a complaint or repair: accepted, arrived or completed.
-- Grain: one row per complaint or repair that counts; without such a stamp it is empty
-- Key:   property, ticket_id
-- Spec:  §1 response_on_time: the earliest by date, on one date the one with a time of day
with

stamped as (
    select
        *,
        list_filter([
            {on_date: accepted_at::date, is_day: accepted_at_day, stamp: accepted_at},
            {on_date: arrived_at::date, is_day: arrived_at_day, stamp: arrived_at},
            {on_date: completed_at::date, is_day: completed_at_day, stamp: completed_at}
        ], lambda s: s.stamp is not null) as stamps
    from int.tickets
    where is_counted and kind in ('complaint', 'repair')
),

earliest as (
    select *, list_sort(stamps)[1] as first
    from stamped
),

final as (
    select
        property,
        ticket_id,
        kind,
        zone,
        category,
        technician,
        registered_at,
        registered_at_day,
        first.stamp as responded_at,
        first.is_day as responded_at_day,
        is_closed_without_date
    from earliest
)

select * from final
