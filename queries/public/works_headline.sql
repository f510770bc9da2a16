-- What:  How many works were done, are under way, wait or are planned, for the first sentence of a notice.
-- Grain: one row per property and period that has any
-- Key:   property, period
-- Spec:  product, R7
with

final as (
    select
        property,
        period,
        count(*) filter (where state = 'done') as done,
        count(*) filter (where state = 'in_progress') as in_progress,
        count(*) filter (where state = 'postponed') as postponed,
        count(*) filter (where state = 'planned') as planned,
        case when count(*) filter (where state = 'done') > 0 then 'some' else 'none' end as done_case,
        case when count(*) filter (where state = 'in_progress') > 0 then 'some' end as in_progress_case,
        case when count(*) filter (where state = 'planned') > 0 then 'some' end as planned_case,
        case when count(*) filter (where work_case = 'in_progress_late' or state = 'postponed') > 0 then 'some' end as late_case,
        count(*) filter (where work_case = 'in_progress_late' or state = 'postponed') as late
    from public.works
    group by property, period
    order by property, period
)

select * from final
