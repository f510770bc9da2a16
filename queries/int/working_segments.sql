-- What:  Stretches of working time, with the working microseconds before and up to the end of each.
-- Grain: one row per opening
-- Key:   opens
-- Spec:  §3 working clock
with

open_hours as (
    select c.date + h.opens as opens, c.date + h.closes as closes
    from ref.calendar as c
    cross join ref.working_hours as h
    where c.working
),

final as (
    select
        opens,
        closes,
        (sum(date_diff('microsecond', opens, closes)) over (order by opens))::bigint - date_diff('microsecond', opens, closes) as time_before,
        (sum(date_diff('microsecond', opens, closes)) over (order by opens))::bigint as time_up_to
    from open_hours
)

select * from final
