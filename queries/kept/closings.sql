-- What:    Closings of the daily inventory, with which the next night compares its openings.
-- Grain:   one row per property, kind and owner
-- Key:     property, kind, owner
-- Columns: property varchar, kind varchar, owner varchar, closing bigint
-- Back:    1
-- Spec:    §9 corrections
with

final as (
    select property, kind, owner, closing
    from mart.daily_inventory
    order by property, kind, owner
)

select * from final
