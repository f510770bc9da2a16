-- What:  Completed repairs and complaints that somebody has to call back about, and by when.
-- Grain: one row per obligation
-- Key:   property, ticket_id
-- Spec:  §4
with

owed as (
    select t.property, t.ticket_id, t.kind, t.zone, t.category, t.technician, t.owner, t.completed_at, t.completed_at_day
    from int.tickets as t
    left join int.category_rules as r
        on r.category = t.category and t.completed_at::date >= r.valid_from and t.completed_at::date < r.valid_before
    where t.is_counted and t.kind in ('repair', 'complaint') and t.completed_at is not null
        and coalesce(t.outcome <> 'cancelled', true) and coalesce(r.callback_required, true)
),

working_dates as (
    select date, day_no, unknown_up_to from int.working_days where working
),

final as (
    select
        o.*,
        w.date as due_on,
        w.unknown_up_to > d.unknown_up_to as provisional
    from owed as o
    join int.working_days as d on d.date = o.completed_at::date
    -- The number after that of a date is the next working day's; an asof join on the dates gives the same a hundred times as slow.
    join working_dates as w on w.day_no = d.day_no + 1
)

select * from final
