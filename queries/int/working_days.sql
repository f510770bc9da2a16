-- What:  Dates numbered by working days, with the count of dates up to each that the calendar doesn't know.
-- Grain: one row per date
-- Key:   date
-- Spec:  §12
with

final as (
    select
        date,
        working,
        (count(*) filter (where working) over (order by date))::bigint as day_no,
        (count(*) filter (where not known) over (order by date))::bigint as unknown_up_to
    from ref.calendar
)

select * from final
