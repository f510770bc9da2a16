-- What:  Callback obligations of the last detail_days, and older ones that nobody has tried to meet.
-- Grain: one row per obligation
-- Key:   property, ticket_id
-- Spec:  §4, §14
with

firsts as (
    select property, ticket_id, called_at as attempted_at
    from int.callback_attempts
    where attempt_no = 1
),

judged as (
    select
        o.property,
        o.ticket_id,
        o.zone,
        o.owner,
        o.completed_at,
        o.due_on,
        f.attempted_at,
        case
            when f.attempted_at::date <= o.due_on then 'done'
            when f.attempted_at is not null then 'late'
            when o.due_on < getvariable('as_of') then 'overdue'
            else 'open'
        end as state
    from int.callback_obligations as o
    left join firsts as f using (property, ticket_id)
),

final as (
    select *
    from judged
    where due_on >= getvariable('as_of') - getvariable('detail_days') or attempted_at is null
    order by property, due_on, ticket_id
)

select * from final
