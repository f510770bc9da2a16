-- What:  The row of the table of time limits that holds for each ticket.
-- Grain: one row per complaint or repair that has one
-- Key:   property, ticket_id
-- Spec:  §3; matched once per distinct combination of the matching fields, then joined back
with

tickets as (
    select property, ticket_id, kind, scope, category, coalesce(subcategory_key, '') as subcategory_key, coalesce(priority, '') as priority, registered_at::date as registered_on
    from int.tickets
    where is_counted and kind in ('complaint', 'repair')
),

starts as (
    select distinct coalesce(valid_from, date '0001-01-01') as valid_from
    from ref.time_limits
),

epochs as (
    select valid_from as epoch, coalesce(lead(valid_from) over (order by valid_from), date '9999-12-31') as before
    from starts
),

dated as (
    select t.*, e.epoch
    from tickets as t
    join epochs as e on t.registered_on >= e.epoch and t.registered_on < e.before
),

combinations as (
    select distinct property, kind, scope, category, subcategory_key, priority, epoch
    from dated
),

mapped as (
    select
        l.row_no,
        p.property,
        l.kind,
        l.scope,
        c.category,
        l.subcategory_key,
        l.priority,
        coalesce(l.valid_from, date '0001-01-01') as valid_from,
        l.respond_minutes,
        l.complete_minutes,
        coalesce(l.clock, 'calendar') as clock,
        (l.property is not null)::int + (l.kind is not null)::int + (l.scope is not null)::int
        + (l.category is not null)::int + (l.subcategory_key is not null)::int + (l.priority is not null)::int as filled
    from ref.time_limits as l
    left join stg.property_keys as p using (property_key)
    left join int.category_keys as c using (category_key)
),

valid as (
    select e.epoch, m.*
    from epochs as e
    join mapped as m on m.valid_from <= e.epoch
    qualify row_number() over (
        partition by e.epoch, m.property, m.kind, m.scope, m.category, m.subcategory_key, m.priority
        order by m.valid_from desc, m.row_no
    ) = 1
),

matches as (
    select c.*, v.row_no, v.respond_minutes, v.complete_minutes, v.clock
    from combinations as c
    join valid as v
        on v.epoch = c.epoch
        and coalesce(v.property = c.property, true)
        and coalesce(v.kind = c.kind, true)
        and coalesce(v.scope = c.scope, true)
        and coalesce(v.category = c.category, true)
        and coalesce(v.subcategory_key = c.subcategory_key, true)
        and coalesce(v.priority = c.priority, true)
    qualify row_number() over (
        partition by c.property, c.kind, c.scope, c.category, c.subcategory_key, c.priority, c.epoch
        order by v.filled desc, v.row_no
    ) = 1
),

final as (
    select d.property, d.ticket_id, m.row_no, m.respond_minutes, m.complete_minutes, m.clock
    from dated as d
    join matches as m using (property, kind, scope, category, subcategory_key, priority, epoch)
)

select * from final
