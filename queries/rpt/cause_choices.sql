-- What:  Root causes that the meeting may choose from, in the order of the taxonomy.
-- Grain: one row per root cause
-- Key:   root_cause
with

final as (
    select code as root_cause
    from mart.names
    where kind = 'root_cause'
    order by list_position(['unidentified', 'other'], code) nulls first, code
)

select * from final
