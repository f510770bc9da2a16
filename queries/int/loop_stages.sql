-- What:  The stages of the closed loop that each complaint or repair went through in the loop_days after its registration.
-- Grain: one row per complaint or repair whose loop_days are over
-- Key:   property, ticket_id
-- Spec:  §5; a stage is empty where it isn't measurable, called_back also where nobody has to call
with

tickets as (
    select t.*, window_end(t.registered_at, t.registered_at_day, getvariable('loop_days')) as loop_end
    from int.tickets as t
    where t.is_counted and t.kind in ('complaint', 'repair')
),

over as (
    select * from tickets where loop_end <= getvariable('as_of')
),

called as (
    select o.property, o.ticket_id
    from over as o
    join int.callback_attempts as a using (property, ticket_id)
    where within_days(a.called_at, a.called_at_day, o.registered_at, o.registered_at_day, getvariable('loop_days'))
    group by o.property, o.ticket_id
),

staged as (
    select
        o.*,
        within_days(o.dispatched_at, o.dispatched_at_day, o.registered_at, o.registered_at_day, getvariable('loop_days'))
        or within_days(o.accepted_at, o.accepted_at_day, o.registered_at, o.registered_at_day, getvariable('loop_days')) as is_taken_up,
        within_days(o.arrived_at, o.arrived_at_day, o.registered_at, o.registered_at_day, getvariable('loop_days')) as is_visited,
        within_days(o.completed_at, o.completed_at_day, o.registered_at, o.registered_at_day, getvariable('loop_days')) as is_completed,
        within_days(o.closed_at, o.closed_at_day, o.registered_at, o.registered_at_day, getvariable('loop_days')) as is_closed,
        c.ticket_id is not null as is_called,
        coalesce(o.outcome <> 'cancelled', true) and coalesce(r.callback_required, true) as call_is_owed
    from over as o
    left join called as c using (property, ticket_id)
    left join int.category_rules as r
        on r.category = o.category
        and coalesce(o.completed_at, o.registered_at)::date >= r.valid_from and coalesce(o.completed_at, o.registered_at)::date < r.valid_before
),

final as (
    select
        property,
        ticket_id,
        zone,
        category,
        technician,
        last_date(loop_end) as counted_on,
        is_taken_up or is_visited as handled,
        case when is_closed_without_date and arrived_at is null then null else is_visited or is_completed end as followed_up,
        case when is_closed_without_date then null else is_closed end as closed,
        case when is_closed_without_date or not call_is_owed then null else is_called end as called_back,
        call_is_owed,
        is_closed_without_date
    from staged
)

select * from final
