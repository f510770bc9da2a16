-- What:  Tickets that an entry of the register may be about: same place, same kind, a day before or after at most.
-- Grain: one row per entry without a ticket of its own, and ticket
-- Key:   property, register_id, ticket_id
-- Spec:  §5; with is_free false the ticket is already matched by id
with

-- The three dates on which a ticket can have been registered keep the join an equality.
entries as (
    select r.property, r.register_id, r.kind, r.place_key, r.entered_at, r.entered_at_day, r.entered_at::date + unnest([-1, 0, 1]) as near_on
    from int.register as r
    anti join int.register_by_id as i using (property, register_id)
    where r.place_key is not null
),

tickets as (
    select property, ticket_id, kind, place_key, registered_at, registered_at_day, registered_at::date as registered_on
    from int.tickets
    where is_counted and place_key is not null
),

pairs as (
    select
        e.property,
        e.register_id,
        t.ticket_id,
        case
            when e.entered_at_day or t.registered_at_day then abs(t.registered_on - e.entered_at::date) * 86400000000::bigint
            else abs(date_diff('microsecond', e.entered_at, t.registered_at))
        end as gap
    from entries as e
    join tickets as t on t.property = e.property and t.place_key = e.place_key and t.registered_on = e.near_on
    where coalesce(e.kind = t.kind, true)
        and (
            e.entered_at_day or t.registered_at_day
            or (t.registered_at >= e.entered_at - interval 24 hour and t.registered_at < e.entered_at + interval 24 hour)
        )
),

taken as (
    select distinct property, ticket_id from int.register_by_id
),

final as (
    select p.*, t.ticket_id is null as is_free
    from pairs as p
    left join taken as t using (property, ticket_id)
)

select * from final
