-- What:  Tickets that a later export made look better: voided, merged, lowered, moved, or called off after they came back.
-- Grain: one row per ticket and kind of change
-- Key:   property, ticket_id, what
-- Spec:  §14; a version whose file lacks a column says nothing of it
with

-- A word that no list knows and no ticket has any more stands as it was given.
categories as (
    select h.* exclude (category), coalesce(k.category, h.category, 'unclassified') as category
    from stg.ticket_history as h
    left join int.category_keys as k using (category_key)
),

-- Most tickets have several versions and tell no story: they are left out before versions are compared.
candidates as (
    select property, ticket_id
    from categories
    group by property, ticket_id
    having min(category) <> max(category) or min(priority) <> max(priority) or bool_or(status = 'void') or count(merged_into) > 0
        or bool_or(outcome in ('no access', 'cancelled', 'follow-on'))
),

said as (
    select
        property,
        ticket_id,
        version_no,
        file_no,
        unnest(['voided', 'merged', 'priority lowered', 'category changed', 'outcome set after the return']) as what,
        unnest([has_status, has_merged_into, has_priority, has_category, has_outcome]) as is_said,
        unnest([status, merged_into, priority, category, outcome]) as value
    from categories
    semi join candidates using (property, ticket_id)
),

followed as (
    select
        *,
        row_number() over (in_order) > 1 as has_former,
        -- A priority that is left out in between lowers nothing: the one known before is what it was.
        case what
            when 'priority lowered' then last_value(case when value in ('emergency', 'urgent', 'normal', 'planned') then value end ignore nulls)
                over (in_order rows between unbounded preceding and 1 preceding)
            else lag(value) over (in_order)
        end as former
    from said
    where is_said
    window in_order as (partition by property, ticket_id, what order by version_no)
),

-- When an outcome was first seen decides whether it came after the return; that is judged below.
changes as (
    select
        *,
        coalesce(case what
            when 'voided' then has_former and value = 'void' and former is distinct from 'void'
            when 'merged' then has_former and value is not null and former is null
            when 'priority lowered' then list_position(['emergency', 'urgent', 'normal', 'planned'], value) > list_position(['emergency', 'urgent', 'normal', 'planned'], former)
            when 'category changed' then has_former and value <> former
            else value in ('no access', 'cancelled', 'follow-on')
        end, false) as is_change
    from followed
),

firsts as (
    select
        property,
        ticket_id,
        what,
        (first(former order by version_no) filter (where is_change)) as was,
        last(value order by version_no) as now,
        (case when what = 'outcome set after the return' then min(file_no) filter (where is_change) else first(file_no order by version_no) filter (where is_change) end) as file_no
    from changes
    group by property, ticket_id, what
    having bool_or(is_change)
),

returned as (
    select property, ticket_id, min(registered_at)::date as returned_on
    from (
        select property, ticket_id, registered_at from int.rework_pins
        union all
        select property, ticket_id, registered_at from int.hidden_returns
    )
    group by property, ticket_id
),

final as (
    select f.property, f.ticket_id, f.what, f.was, f.now, s.name as seen_in, t.owner, s.file_date as seen_on
    from firsts as f
    join raw.files as s using (file_no)
    join int.tickets as t on t.property = f.property and t.ticket_id = f.ticket_id
    left join returned as r on r.property = f.property and r.ticket_id = f.ticket_id
    where f.what <> 'outcome set after the return' or s.file_date > r.returned_on
    order by f.property, t.owner, t.registered_at, f.ticket_id, f.what
)

select * from final
