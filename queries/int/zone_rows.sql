-- What:  Buildings with their zone and households, and the dates for which a row holds.
-- Grain: one row per row of the reference file zones
-- Key:   row_no
-- Spec:  §0 references: the last row of a date wins
with

-- A zone without buildings is a place of its own: another such zone doesn't take its place.
dated as (
    select
        z.row_no,
        k.property,
        z.zone,
        z.building_key,
        coalesce('building ' || z.building_key, 'zone ' || z.zone_key) as place,
        z.households,
        coalesce(z.valid_from, date '0001-01-01') as valid_from
    from ref.zones as z
    join stg.property_keys as k using (property_key)
),

final as (
    select
        row_no,
        property,
        zone,
        building_key,
        households,
        valid_from,
        coalesce(lead(valid_from) over (partition by property, place order by valid_from, row_no), date '9999-12-31') as valid_before
    from dated
)

select * from final
