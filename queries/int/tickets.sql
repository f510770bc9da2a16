-- What:  Tickets as seen at D: zone, category, scope and place decided, stamps of what had not happened by then left out.
-- Grain: one row per ticket registered before D, void and merged ones too
-- Key:   property, ticket_id
-- Spec:  §0
with

seen as not materialized (
    select
        *,
        coalesce(kind_code, 'other') as decided_kind,
        coalesce(completed_at, case when at_most(registered_at, registered_at_day, closed_at, closed_at_day) then closed_at end) as ended_at,
        case when completed_at is null then closed_at_day else completed_at_day end as ended_at_day
    from stg.tickets
    where registered_at < getvariable('as_of')
),

housed as (
    select
        s.property,
        s.ticket_id,
        max_by(z.building_key, length(z.building_key)) as building_key
    from seen as s
    join int.zone_rows as z on z.property = s.property and starts_with(s.room_key, z.building_key)
    where s.building_key is null
    group by s.property, s.ticket_id
),

placed as not materialized (
    select
        s.* exclude (building_key),
        coalesce(s.building_key, h.building_key) as building_key,
        case
            when s.scope_code is not null then s.scope_code
            when s.room_key is not null then 'household'
            else 'common'
        end as decided_scope
    from seen as s
    left join housed as h using (property, ticket_id)
),

buildings as (
    select p.property, p.ticket_id, min_by(z.zone, z.row_no) as zone
    from placed as p
    join int.zone_rows as z
        on z.property = p.property and z.building_key = p.building_key
        and p.registered_at::date >= z.valid_from and p.registered_at::date < z.valid_before
    where p.zone_key is null
    group by p.property, p.ticket_id
),

final as (
    select
        p.property,
        p.ticket_id,
        p.decided_kind as kind,
        coalesce(zk.zone, b.zone, 'unassigned') as zone,
        coalesce(ck.category, 'unclassified') as category,
        p.subcategory_key,
        p.decided_scope as scope,
        coalesce(p.priority_code, p.priority) as priority,
        case
            when p.decided_scope = 'household' then coalesce(nullif(concat_ws('-', p.building, p.unit, p.room), ''), p.location)
            else coalesce(p.location, nullif(concat_ws('-', p.building, p.unit, p.room), ''))
        end as place,
        case
            when p.decided_scope = 'household' then 'household|' || coalesce(p.building_key, '') || '|' || coalesce(p.unit_key, '') || '|' || p.room_key
            else 'common|' || p.location_key
        end as place_key,
        p.channel,
        p.registered_at,
        p.registered_at_day,
        p.appointment_at,
        p.appointment_at_day,
        case when p.dispatched_at < getvariable('as_of') then p.dispatched_at end as dispatched_at,
        p.dispatched_at_day,
        case when p.accepted_at < getvariable('as_of') then p.accepted_at end as accepted_at,
        p.accepted_at_day,
        case when p.arrived_at < getvariable('as_of') then p.arrived_at end as arrived_at,
        p.arrived_at_day,
        case when p.ended_at < getvariable('as_of') then p.ended_at end as completed_at,
        p.ended_at_day as completed_at_day,
        case when p.closed_at < getvariable('as_of') then p.closed_at end as closed_at,
        p.closed_at_day,
        p.completed_at is null and p.ended_at < getvariable('as_of') as is_completed_from_close,
        coalesce(p.status_code in ('completed', 'closed'), false) and p.ended_at is null as is_closed_without_date,
        coalesce(p.status_code = 'void', false) as is_void,
        p.merged_into is not null as is_merged,
        coalesce(p.status_code <> 'void', true) and p.merged_into is null as is_counted,
        p.responsible_person,
        p.technician,
        coalesce(p.responsible_person, p.technician, 'unassigned') as owner,
        p.dispatch_count,
        p.outcome_code as outcome,
        p.delay_reason,
        coalesce(p.close_type_code, p.close_type) as close_type,
        p.urged_count,
        p.reopened_count,
        p.fee_quoted,
        p.fee_charged,
        p.rework_of,
        p.merged_into,
        p.description is not null as has_description,
        p.file_no,
        p.landed,
        p.src_line
    from placed as p
    left join int.zone_keys as zk using (property, zone_key)
    left join int.category_keys as ck using (category_key)
    left join buildings as b using (property, ticket_id)
)

select * from final
