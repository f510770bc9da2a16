-- What:  Dates numbered by working days, with the count of dates up to each that the calendar doesn't know.
-- Grain: one row per date
-- Key:   date
-- Spec:  §12
with

final as (
    select
        date,
        working,
        (sum(working::int) over up_to)::bigint as day_no,
        (sum((not known)::int) over up_to)::bigint as unknown_up_to
    from ref.calendar
    window up_to as (order by date rows unbounded preceding)
)

select * from final
