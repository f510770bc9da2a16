-- What:  Records that are not measurable in at least one figure.
-- Grain: one row per record
-- Key:   entity, property, id
-- Spec:  §14 data_quality
with

final as (
    select distinct m.entity, c.property, c.id
    from query_table(getvariable('cohorts'), true) as c
    join ref.metrics as m using (cohort)
    where (m.aggregate = 'share' and c.hit is null and c.hits is null)
        or (m.aggregate in ('mean', 'ratio', 'median', 'p90') and c.value is null)
    order by entity, property, id
)

select * from final
