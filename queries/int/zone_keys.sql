-- What:  The zone that each spelling of it means: the code of the reference, else the spelling as given.
-- Grain: one row per property and spelling, as a text key
-- Key:   property, zone_key
-- Spec:  §0 dimensions, text keys
with

named as (
    select k.property, unnest([z.zone_key, z.name_zh_hant_key, z.name_zh_hans_key, z.name_en_key]) as zone_key, unnest([1, 2, 2, 2]) as rank, z.zone, z.row_no
    from ref.zones as z
    join stg.property_keys as k using (property_key)
),

known as (
    select property, zone_key, arg_min(zone, (rank, row_no)) as zone
    from named
    where zone_key is not null
    group by property, zone_key
),

given as (
    select property, zone_key, zone from stg.tickets
    union all select property, zone_key, zone from stg.inspections
    union all select property, zone_key, zone from stg.activities
    union all select property, zone_key, zone from stg.works
),

unknown as (
    select g.property, g.zone_key, min(g.zone) as zone
    from given as g
    anti join known as k using (property, zone_key)
    where g.zone_key is not null
    group by g.property, g.zone_key
),

final as (
    select property, zone_key, zone, true as is_known from known
    union all
    select property, zone_key, zone, false from unknown
)

select * from final
