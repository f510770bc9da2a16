-- What:  Days, weeks, months, quarters and halves whose last day is past, over the whole history: what plans and measures are held against.
-- Grain: one row per sub-period
-- Key:   per, first_day
-- Spec:  §1 inspection_plan_kept, §13
with

lengths as (
    select
        unnest(['day', 'week', 'month', 'quarter', 'half']) as per,
        unnest([interval 1 day, interval 7 day, interval 1 month, interval 3 month, interval 6 month]) as length
),

-- The first year begins on a first of January; its first week, on the Monday before.
starts as (
    select l.per, l.length, unnest(range(
        case l.per when 'week' then date_trunc('week', f.first_day) else f.first_day end::timestamp,
        getvariable('as_of')::timestamp,
        l.length
    ))::date as first_day
    from lengths as l
    cross join (select min(period_start) as first_day from int.periods where period_kind = 'year') as f
),

final as (
    select per, first_day, (first_day + length - interval 1 day)::date as last_day
    from starts
    where first_day + length <= getvariable('as_of')
)

select * from final
