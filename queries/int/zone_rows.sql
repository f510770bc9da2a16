-- What:  Buildings with their zone and households, and the dates for which a row holds.
-- Grain: one row per row of the reference file zones
-- Key:   row_no
-- Spec:  §0 references
with

final as (
    select
        z.row_no,
        k.property,
        z.zone,
        z.building_key,
        z.households,
        coalesce(z.valid_from, date '0001-01-01') as valid_from,
        coalesce(lead(z.valid_from) over (partition by k.property, z.building_key order by z.valid_from nulls first, z.row_no), date '9999-12-31') as valid_before
    from ref.zones as z
    join stg.property_keys as k using (property_key)
)

select * from final
