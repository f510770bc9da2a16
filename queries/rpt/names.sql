-- What:  Names of codes in three languages.
-- Grain: one row per kind of code, property (* where the code is everybody's) and code
-- Key:   kind, property, code
with

final as (
    select kind, property, code, zh_hant, zh_hans, en
    from mart.names
    order by kind, property, code
)

select * from final
