-- What:  Names of codes in three languages, for reports.
-- Grain: one row per kind of code, property (* where the code is everybody's) and code
-- Key:   kind, property, code
-- Spec:  exports, reference files
with

zones as (
    select 'zone' as kind, k.property, z.zone as code, z.name_zh_hant as zh_hant, z.name_zh_hans as zh_hans, z.name_en as en, z.row_no
    from ref.zones as z
    join stg.property_keys as k using (property_key)
),

together as (
    select 'property' as kind, '*' as property, code, zh_hant, zh_hans, en, 0 as row_no from ref.properties
    union all select * from zones
    union all select 'category', '*', code, name_zh_hant, name_zh_hans, name_en, row_no from ref.categories
    union all select 'root_cause', '*', code, name_zh_hant, name_zh_hans, name_en, row_no from ref.root_causes
    union all select 'activity_type', '*', code, name_zh_hant, name_zh_hans, name_en, row_no from ref.activity_types
    union all select 'measure', '*', number::varchar, name_zh_hant, name_zh_hans, name_en, row_no from ref.measures
),

final as (
    select kind, property, code, zh_hant, zh_hans, en
    from together
    qualify row_number() over (partition by kind, property, code order by row_no) = 1
    order by kind, property, code
)

select * from final
