-- What:  Every zone that a row may be of; * for all of them.
-- Grain: one row per zone
-- Key:   zone
-- Spec:  §0 dimensions
with

given as (
    select unnest(['*', 'unassigned']) as zone
    union select zone from int.zone_keys
    union select zone from int.zone_rows
),

final as (
    select zone
    from given
    where zone is not null
    order by zone
)

select * from final
