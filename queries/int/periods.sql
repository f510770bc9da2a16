-- What:  Periods of every kind that have begun before D; weeks and days only those that end in the last detail_days.
-- Grain: one row per period
-- Key:   period
-- Spec:  §0 periods, compare
with

-- The first of all dates that a member may be counted on: a stamp may lie before the registration, and a plan may hold before the first export.
firsts as (
    select least(min(registered_at), min(appointment_at), min(accepted_at), min(arrived_at), min(completed_at), min(closed_at))::date as first_on from int.tickets
    union all select least(min(dated_at), min(planned_at), min(rectified_at))::date from int.inspections
    union all select min(valid_from) from ref.inspection_plan
    union all select min(called_at)::date from stg.callbacks
    union all select min(entered_at)::date from stg.register
    union all select min(held_on) from stg.activities
    union all select min(planned_to) from stg.works
),

bounds as (
    select
        least(min(first_on), getvariable('as_of') - 1) as first_on,
        getvariable('as_of') as as_of,
        getvariable('as_of') - getvariable('detail_days') as detail_from
    from firsts
),

days as (
    select d::date as day
    from bounds, range(first_on, as_of, interval 1 day) as r(d)
),

kinds as (
    select unnest(['day', 'week', 'month', 'quarter', 'half', 'year']) as period_kind
),

starts as (
    select distinct
        k.period_kind,
        case k.period_kind
            when 'day' then d.day
            when 'week' then date_trunc('week', d.day)
            when 'month' then date_trunc('month', d.day)
            when 'quarter' then date_trunc('quarter', d.day)
            when 'half' then make_date(year(d.day), case when month(d.day) <= 6 then 1 else 7 end, 1)
            else date_trunc('year', d.day)
        end::date as period_start
    from days as d
    cross join kinds as k
),

ends as (
    select
        period_kind,
        period_start,
        (period_start + case period_kind
            when 'day' then interval 1 day
            when 'week' then interval 7 day
            when 'month' then interval 1 month
            when 'quarter' then interval 3 month
            when 'half' then interval 6 month
            else interval 1 year
        end)::date as period_end
    from starts
),

named as (
    select
        period_label(period_kind, period_start) as period,
        e.period_kind,
        e.period_start,
        e.period_end,
        e.period_end <= b.as_of as complete,
        period_label(period_kind, e.period_start - 1) as previous,
        case period_kind
            when 'week' then (isoyear(e.period_start) - 1) || strftime(e.period_start, '-W%V')
            when 'day' then (year(e.period_start) - 1) || strftime(e.period_start, '-%m-%d')
            else period_label(period_kind, (e.period_start - interval 1 year)::date)
        end as year_before
    from ends as e
    cross join bounds as b
    where e.period_kind not in ('day', 'week') or e.period_end > b.detail_from
),

final as (
    select
        n.period,
        n.period_kind,
        n.period_start,
        n.period_end,
        n.complete,
        p.period as previous,
        y.period as year_before
    from named as n
    left join named as p on p.period = n.previous
    left join named as y on y.period = n.year_before
    order by n.period_kind, n.period_start
)

select * from final
