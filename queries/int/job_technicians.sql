-- What:  The technicians of each repair; without one, the first person responsible.
-- Grain: one row per repair and technician
-- Key:   property, ticket_id, technician
-- Spec:  §10; several stand in one cell, separated by 、 , ， ; ； or /
with

split as (
    select
        property,
        ticket_id,
        list_filter(list_transform(regexp_split_to_array(technician, '[、,，;；/]'), lambda n: trim(n, ' 　')), lambda n: n <> '') as technicians,
        list_filter(list_transform(regexp_split_to_array(responsible_person, '[、,，;；/]'), lambda n: trim(n, ' 　')), lambda n: n <> '') as responsible
    from int.tickets
    where is_counted and kind = 'repair'
),

named as (
    select property, ticket_id, case when len(technicians) > 0 then list_distinct(technicians) else responsible[1:1] end as technicians
    from split
),

final as (
    select property, ticket_id, unnest(technicians) as technician, len(technicians) as technicians
    from named
)

select * from final
