-- What:  The lights of a figure.
-- Grain: one row per light
-- Key:   light
-- Spec:  §0 traffic light
with

final as (
    select unnest(['amber', 'green', 'red']) as light
)

select * from final
