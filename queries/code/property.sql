-- What:  Every property that a row may be of; * for all of them.
-- Grain: one row per property
-- Key:   property
-- Spec:  §0 dimensions
with

given as (
    select '*' as property
    union select code from ref.properties
    union select property from stg.property_keys
    union select property from raw.files
),

final as (
    select property
    from given
    where property is not null
    order by property
)

select * from final
