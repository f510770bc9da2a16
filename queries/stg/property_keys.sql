-- What:  The property that each spelling of it means: the configured code, else the spelling as given.
-- Grain: one row per spelling, as a text key
-- Key:   property_key
-- Spec:  §0 text keys
with

given as (
    select property_key, property from raw.tickets
    union all select property_key, property from raw.callbacks
    union all select property_key, property from raw.inspections
    union all select property_key, property from raw.register
    union all select property_key, property from raw.activities
    union all select property_key, property from raw.works
    union all select property_key, property from raw.topics
    union all select property_key, property from raw.actions
    union all select property_key, property from ref.zones
    union all select property_key, property from ref.time_limits
    union all select property_key, property from ref.inspection_plan
    union all select property_key, property from ref.rework_decisions
),

spellings as (
    select property_key, min(property) as property
    from given
    where property_key is not null
    group by property_key
),

final as (
    select k.property_key, k.property
    from ref.property_keys as k
    union all
    select s.property_key, s.property
    from spellings as s
    anti join ref.property_keys as k using (property_key)
)

select * from final
