-- What:  The date of the first ticket of each property, and of the company (*).
-- Grain: one row per property, and one for the company
-- Key:   property
-- Spec:  §0 dimensions, compare
with

final as (
    select case when grouping(property) = 1 then '*' else property end as property, min(registered_at)::date as first_on
    from int.tickets
    where is_counted
    group by grouping sets ((), (property))
    having min(registered_at) is not null
)

select * from final
