-- What:  Tickets as their current version says, and where it stands in the exports.
-- Grain: one row per ticket
-- Key:   property, ticket_id
-- Spec:  §0 versions
with

simple as (
    select
        v.property,
        v.file_no,
        r.* exclude (content, property, property_key)
    from raw.tickets as r
    join stg.versions as v on v.kind = 'tickets' and v.is_current and r.landed = v.landed and r.src_row = v.src_row
    anti join stg.patched as p on p.kind = 'tickets' and p.property = v.property and p.id = v.id
),

versions as (
    select v.property, v.id, v.version_no, v.file_no, v.fields, r.* exclude (content, property, property_key)
    from stg.patched_versions as v
    join raw.tickets as r on r.landed = v.landed and r.src_row = v.src_row
    where v.kind = 'tickets'
),

mended as (
    select
        r.property,
        last(r.file_no order by r.version_no) as file_no,
        newest_known(r.ticket_id, 'ticket_id', r.fields, r.version_no) as ticket_id,
        newest_known(r.kind, 'kind', r.fields, r.version_no) as kind,
        newest_known(r.kind_code, 'kind', r.fields, r.version_no) as kind_code,
        newest_known(r.channel, 'channel', r.fields, r.version_no) as channel,
        newest_known(r.zone, 'zone', r.fields, r.version_no) as zone,
        newest_known(r.zone_key, 'zone', r.fields, r.version_no) as zone_key,
        newest_known(r.building, 'building', r.fields, r.version_no) as building,
        newest_known(r.building_key, 'building', r.fields, r.version_no) as building_key,
        newest_known(r.unit, 'unit', r.fields, r.version_no) as unit,
        newest_known(r.unit_key, 'unit', r.fields, r.version_no) as unit_key,
        newest_known(r.room, 'room', r.fields, r.version_no) as room,
        newest_known(r.room_key, 'room', r.fields, r.version_no) as room_key,
        newest_known(r.location, 'location', r.fields, r.version_no) as location,
        newest_known(r.location_key, 'location', r.fields, r.version_no) as location_key,
        newest_known(r.scope, 'scope', r.fields, r.version_no) as scope,
        newest_known(r.scope_code, 'scope', r.fields, r.version_no) as scope_code,
        newest_known(r.category, 'category', r.fields, r.version_no) as category,
        newest_known(r.category_key, 'category', r.fields, r.version_no) as category_key,
        newest_known(r.subcategory, 'subcategory', r.fields, r.version_no) as subcategory,
        newest_known(r.subcategory_key, 'subcategory', r.fields, r.version_no) as subcategory_key,
        newest_known(r.priority, 'priority', r.fields, r.version_no) as priority,
        newest_known(r.priority_code, 'priority', r.fields, r.version_no) as priority_code,
        newest_known(r.description, 'description', r.fields, r.version_no) as description,
        newest_known(r.description_key, 'description', r.fields, r.version_no) as description_key,
        newest_known(r.resolution, 'resolution', r.fields, r.version_no) as resolution,
        newest_known(r.resolution_key, 'resolution', r.fields, r.version_no) as resolution_key,
        newest_known(r.reporter_name, 'reporter_name', r.fields, r.version_no) as reporter_name,
        newest_known(r.reporter_phone, 'reporter_phone', r.fields, r.version_no) as reporter_phone,
        newest_known(r.registered_at, 'registered_at', r.fields, r.version_no) as registered_at,
        newest_known(r.registered_at_day, 'registered_at', r.fields, r.version_no) as registered_at_day,
        newest_known(r.appointment_at, 'appointment_at', r.fields, r.version_no) as appointment_at,
        newest_known(r.appointment_at_day, 'appointment_at', r.fields, r.version_no) as appointment_at_day,
        newest_known(r.dispatched_at, 'dispatched_at', r.fields, r.version_no) as dispatched_at,
        newest_known(r.dispatched_at_day, 'dispatched_at', r.fields, r.version_no) as dispatched_at_day,
        newest_known(r.accepted_at, 'accepted_at', r.fields, r.version_no) as accepted_at,
        newest_known(r.accepted_at_day, 'accepted_at', r.fields, r.version_no) as accepted_at_day,
        newest_known(r.arrived_at, 'arrived_at', r.fields, r.version_no) as arrived_at,
        newest_known(r.arrived_at_day, 'arrived_at', r.fields, r.version_no) as arrived_at_day,
        newest_known(r.completed_at, 'completed_at', r.fields, r.version_no) as completed_at,
        newest_known(r.completed_at_day, 'completed_at', r.fields, r.version_no) as completed_at_day,
        newest_known(r.closed_at, 'closed_at', r.fields, r.version_no) as closed_at,
        newest_known(r.closed_at_day, 'closed_at', r.fields, r.version_no) as closed_at_day,
        newest_known(r.status, 'status', r.fields, r.version_no) as status,
        newest_known(r.status_code, 'status', r.fields, r.version_no) as status_code,
        newest_known(r.responsible_team, 'responsible_team', r.fields, r.version_no) as responsible_team,
        newest_known(r.responsible_person, 'responsible_person', r.fields, r.version_no) as responsible_person,
        newest_known(r.technician, 'technician', r.fields, r.version_no) as technician,
        newest_known(r.dispatch_count, 'dispatch_count', r.fields, r.version_no) as dispatch_count,
        newest_known(r.outcome, 'outcome', r.fields, r.version_no) as outcome,
        newest_known(r.outcome_code, 'outcome', r.fields, r.version_no) as outcome_code,
        newest_known(r.root_cause, 'root_cause', r.fields, r.version_no) as root_cause,
        newest_known(r.root_cause_key, 'root_cause', r.fields, r.version_no) as root_cause_key,
        newest_known(r.delay_reason, 'delay_reason', r.fields, r.version_no) as delay_reason,
        newest_known(r.close_type, 'close_type', r.fields, r.version_no) as close_type,
        newest_known(r.close_type_code, 'close_type', r.fields, r.version_no) as close_type_code,
        newest_known(r.urged_count, 'urged_count', r.fields, r.version_no) as urged_count,
        newest_known(r.reopened_count, 'reopened_count', r.fields, r.version_no) as reopened_count,
        newest_known(r.fee_quoted, 'fee_quoted', r.fields, r.version_no) as fee_quoted,
        newest_known(r.fee_charged, 'fee_charged', r.fields, r.version_no) as fee_charged,
        newest_known(r.rework_of, 'rework_of', r.fields, r.version_no) as rework_of,
        newest_known(r.merged_into, 'merged_into', r.fields, r.version_no) as merged_into,
        newest_known(r.updated_at, 'updated_at', r.fields, r.version_no) as updated_at,
        newest_known(r.updated_at_day, 'updated_at', r.fields, r.version_no) as updated_at_day,
        last(r.extra order by r.version_no) as extra,
        last(r.landed order by r.version_no) as landed,
        last(r.src_row order by r.version_no) as src_row,
        last(r.src_line order by r.version_no) as src_line
    from versions as r
    group by r.property, r.id
),

final as (
    select * from simple
    union all by name
    select * from mended
)

select * from final
