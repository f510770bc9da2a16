-- What:  Repairs that can come back: completed, not called off; and when their window ends.
-- Grain: one row per job
-- Key:   property, ticket_id
-- Spec:  §2
with

jobs as (
    select
        t.*,
        coalesce(r.rework_window_days, getvariable('rework_window_days')) as window_days
    from int.tickets as t
    left join int.category_rules as r
        on r.category = t.category and t.completed_at::date >= r.valid_from and t.completed_at::date < r.valid_before
    where t.is_counted and t.kind = 'repair' and t.completed_at is not null
        and coalesce(t.outcome not in ('no access', 'cancelled', 'follow-on'), true)
),

final as (
    select
        property,
        ticket_id,
        zone,
        category,
        subcategory_key,
        scope,
        place_key,
        technician,
        completed_at,
        completed_at_day,
        window_days,
        case when completed_at_day then completed_at::date + window_days else completed_at + to_days(window_days) end::timestamp as window_end
    from jobs
)

select * from final
