-- What:  Entries of the register as seen at D, with kind, zone and place decided.
-- Grain: one row per entry made before D
-- Key:   property, register_id
-- Spec:  §5; kind is empty where the entry names none
with

entries as (
    select *, case when kind is not null then coalesce(kind_code, 'other') end as decided_kind
    from stg.register
    where entered_at < getvariable('as_of')
),

-- A building may stand at the head of an address that came in one cell.
housed as (
    select e.property, e.register_id, max_by(z.building_key, length(z.building_key)) as building_key
    from entries as e
    join int.zone_rows as z on z.property = e.property and starts_with(e.room_key, z.building_key)
    where e.building_key is null
    group by e.property, e.register_id
),

placed as (
    select e.* exclude (building_key), coalesce(e.building_key, h.building_key) as building_key
    from entries as e
    left join housed as h using (property, register_id)
),

buildings as (
    select p.property, p.register_id, min_by(z.zone, z.row_no) as zone
    from placed as p
    join int.zone_rows as z
        on z.property = p.property and z.building_key = p.building_key
        and p.entered_at::date >= z.valid_from and p.entered_at::date < z.valid_before
    group by p.property, p.register_id
),

final as (
    select
        p.property,
        p.register_id,
        p.decided_kind as kind,
        coalesce(b.zone, 'unassigned') as zone,
        p.desk,
        p.entered_at,
        p.entered_at_day,
        case
            when p.room_key is not null then concat_ws('-', p.building, p.unit, p.room)
            else coalesce(p.location, nullif(concat_ws('-', p.building, p.unit), ''))
        end as place,
        case
            when p.room_key is not null then 'household|' || coalesce(p.building_key, '') || '|' || coalesce(p.unit_key, '') || '|' || p.room_key
            else 'common|' || p.location_key
        end as place_key,
        p.summary,
        p.ticket_id,
        (case when p.entered_at_day then p.entered_at + interval 2 day else p.entered_at + interval 24 hour end)::timestamp as judged_at
    from placed as p
    left join buildings as b using (property, register_id)
)

select * from final
