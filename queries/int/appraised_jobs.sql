-- What:  What each repair says of its technicians: completed, in time, come back, satisfied, fee complained of.
-- Grain: one row per repair and indicator
-- Key:   property, ticket_id, indicator
-- Spec:  §10, §1
with

-- A return in a common area that nobody linked or confirmed may be another of 300 lamps: it is held against nobody.
proven as (
    select distinct p.property, p.ticket_id
    from int.rework_pins as p
    join int.rework_jobs as j using (property, ticket_id)
    where j.scope = 'household' or p.linked_by <> 'place'
),

completed as (
    select t.property, t.ticket_id, t.completed_at::date as counted_on, coalesce(r.standard_hours, 1) as standard_hours
    from int.tickets as t
    left join int.category_rules as r
        on r.category = t.category and t.completed_at::date >= r.valid_from and t.completed_at::date < r.valid_before
    where t.is_counted and t.kind = 'repair' and t.completed_at is not null
),

final as (
    select property, ticket_id, 'completed' as indicator, counted_on, true as hit, standard_hours from completed
    union all
    select property, ticket_id, 'on_time', counted_on, hit, null from int.completion_verdicts where kind = 'repair'
    union all
    select v.property, v.ticket_id, 'rework', v.counted_on, p.ticket_id is not null, null
    from int.rework_verdicts as v
    left join proven as p using (property, ticket_id)
    union all
    select s.property, s.ticket_id, 'satisfied', s.called_at::date, s.score >= 4, null
    from int.scored_callbacks as s
    join int.tickets as t using (property, ticket_id)
    where t.kind = 'repair'
    union all
    select property, ticket_id, 'fee_unreasonable', called_at::date, fee_reasonable = 'no', null
    from int.fee_answers
    where kind = 'repair' and fee_charged > 0
)

select * from final
