-- What:    Months and longer whose figures this night publishes: first when they are over, final on the close day, earlier when they were over before anything was published.
-- Grain:   one row per period
-- Key:     period
-- Columns: period varchar, edition varchar
-- Spec:    product, editions; §14 restatements
with

close_day as (
    select count(*) filter (where working) = getvariable('close_day') and bool_or(working and date = getvariable('as_of')) as is_today
    from ref.calendar
    where date >= date_trunc('month', getvariable('as_of')) and date <= getvariable('as_of')
),

ended as (
    select
        p.period,
        p.period_start,
        p.period_kind,
        p.period_end = getvariable('as_of') as ends_today,
        c.is_today and p.period_end = date_trunc('month', getvariable('as_of')) as is_closed_today
    from int.periods as p
    cross join close_day as c
    where p.complete and p.period_kind not in ('day', 'week') and (day(getvariable('as_of')) = 1 or c.is_today)
),

final as (
    select
        period,
        case when is_closed_today then 'final' when ends_today then 'first' else 'earlier' end as edition
    from ended
    where is_closed_today or ends_today or period not in (select period from ref.published_editions)
    order by period_kind, period_start
)

select * from final
