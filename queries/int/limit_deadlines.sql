-- What:  When the time limit of a ticket runs out, on its own clock.
-- Grain: one row per ticket and limit (respond, complete)
-- Key:   property, ticket_id, limit_of
-- Spec:  §3; a due date (is_due) is written as its end, the next day's 00:00
with

limits as (
    select property, ticket_id, clock, unnest(['respond', 'complete']) as limit_of, unnest([respond_minutes, complete_minutes]) as minutes
    from int.limits
),

working_day as (
    select sum(date_diff('minute', opens, closes))::int as minutes
    from ref.working_hours
),

asked as (
    select
        l.*,
        t.registered_at,
        t.registered_at_day as is_due,
        l.minutes < case l.clock when 'working' then w.minutes else 1440 end as short,
        case l.clock when 'working' then ceil(l.minutes / w.minutes) else ceil(l.minutes / 1440) end::int as whole_days
    from limits as l
    join int.tickets as t using (property, ticket_id)
    cross join working_day as w
    where l.minutes is not null
),

calendar_clock as (
    select
        * exclude (whole_days),
        case
            when is_due then registered_at::date + whole_days + interval 1 day
            else registered_at + to_minutes(minutes)
        end::timestamp as deadline
    from asked
    where clock = 'calendar'
),

-- The clock starts in the first stretch of working time that isn't over yet: at once, or at its opening.
clock_in as (
    select
        a.*,
        greatest(a.registered_at, s.opens) as starts_at,
        s.time_before + date_diff('microsecond', s.opens, greatest(a.registered_at, s.opens)) + a.minutes * 60000000::bigint as due_time
    from asked as a
    asof join int.working_segments as s on a.registered_at < s.closes
    where a.clock = 'working' and not a.is_due
),

working_clock as (
    select c.* exclude (whole_days, starts_at, due_time), greatest(s.opens + to_microseconds(c.due_time - s.time_before), c.starts_at) as deadline
    from clock_in as c
    asof join int.working_segments as s on c.due_time <= s.time_up_to
),

days_in as (
    select a.*, d.day_no + a.whole_days as due_no
    from asked as a
    join int.working_days as d on d.date = a.registered_at::date
    where a.clock = 'working' and a.is_due
),

working_dates as (
    select date, day_no from int.working_days where working
),

working_day_clock as (
    select
        d.* exclude (whole_days, due_no),
        (case when d.whole_days = 0 then d.registered_at::date else w.date end + interval 1 day)::timestamp as deadline
    from days_in as d
    left join working_dates as w on w.day_no = d.due_no
),

together as (
    select * from calendar_clock
    union all by name
    select * from working_clock
    union all by name
    select * from working_day_clock
),

final as (
    select
        t.property,
        t.ticket_id,
        t.limit_of,
        t.deadline,
        t.is_due,
        t.short,
        t.clock = 'working' and coalesce(last_day.unknown_up_to - (first_day.unknown_up_to - (not known.known)::int) > 0, true) as provisional
    from together as t
    left join int.working_days as first_day on first_day.date = t.registered_at::date
    left join ref.calendar as known on known.date = t.registered_at::date
    left join int.working_days as last_day on last_day.date = last_date(t.deadline)
)

select * from final
