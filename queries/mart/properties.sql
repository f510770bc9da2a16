-- What:  Properties that have tickets: those that reports are made for.
-- Grain: one row per property
-- Key:   property
-- Spec:  §0 dimensions
with

final as (
    select property, first_on
    from int.first_tickets
    where property <> '*'
    order by property
)

select * from final
