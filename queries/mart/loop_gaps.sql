-- What:  Stages of the closed loop that are missing although a later one exists.
-- Grain: one row per ticket and missing stage
-- Key:   property, ticket_id, missing_stage
-- Spec:  §5 closed loop, §14
with

called as (
    select distinct property, ticket_id from int.callback_attempts
),

staged as (
    select
        t.property,
        t.ticket_id,
        t.zone,
        t.registered_at,
        t.dispatched_at is not null or t.accepted_at is not null or t.arrived_at is not null as handled,
        t.arrived_at is not null or t.completed_at is not null as followed_up,
        t.closed_at is not null as closed,
        c.ticket_id is not null as called_back
    from int.tickets as t
    left join called as c using (property, ticket_id)
    where t.is_counted and t.kind in ('complaint', 'repair')
),

later as (
    select
        *,
        case when called_back then 'called_back' end as after_closed,
        case when closed then 'closed' else after_closed end as after_followed_up,
        case when followed_up then 'followed_up' else after_followed_up end as after_handled
    from staged
),

judged as (
    select
        property,
        ticket_id,
        zone,
        registered_at,
        unnest(['handled', 'followed_up', 'closed']) as missing_stage,
        unnest([1, 2, 3]) as stage_no,
        unnest([handled, followed_up, closed]) as is_there,
        unnest([after_handled, after_followed_up, after_closed]) as later_stage
    from later
),

final as (
    select property, ticket_id, missing_stage, zone, later_stage
    from judged
    where not is_there and later_stage is not null
    order by property, registered_at, ticket_id, stage_no
)

select * from final
