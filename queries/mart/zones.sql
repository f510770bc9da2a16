-- What:  Zones that reports show, those of the reference first, in its order.
-- Grain: one row per zone of a property
-- Key:   property, zone
-- Spec:  §0 dimensions
with

listed as (
    select property, zone, min(row_no) as row_no
    from int.zone_rows
    group by property, zone
),

final as (
    select z.property, z.zone
    from int.zones as z
    left join listed as l using (property, zone)
    order by z.property, z.zone = 'unassigned', l.row_no nulls last, z.zone
)

select * from final
