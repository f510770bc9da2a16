-- What:  Names that notices may print: of properties, zones, categories, root causes and types of activity, never of people.
-- Grain: one row per kind of code, property (* where the code is everybody's) and code
-- Key:   kind, property, code
-- Spec:  §13 public figures
with

final as (
    select kind, property, code, zh_hant, zh_hans, en
    from mart.names
    where kind in ('property', 'zone', 'category', 'root_cause', 'activity_type')
    order by kind, property, code
)

select * from final
