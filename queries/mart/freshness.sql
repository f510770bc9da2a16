-- What:  How old the newest event of each source is.
-- Grain: one row per source
-- Key:   source
-- Spec:  §14: an event known to the day only is as old as the end of that day
with

stamps as (
    select file_no, unnest([registered_at, dispatched_at, accepted_at, arrived_at, completed_at, closed_at, updated_at]) as stamp,
        unnest([registered_at_day, dispatched_at_day, accepted_at_day, arrived_at_day, completed_at_day, closed_at_day, updated_at_day]) as is_day
    from stg.tickets
    union all
    select file_no, unnest([called_at, updated_at]), unnest([called_at_day, updated_at_day]) from stg.callbacks
    union all
    select file_no, unnest([inspected_at, rectified_at, updated_at]), unnest([inspected_at_day, rectified_at_day, updated_at_day]) from stg.inspections
    union all
    select file_no, entered_at, entered_at_day from stg.register
    union all
    select file_no, held_on, true from stg.activities
    union all
    select file_no, done_on, true from stg.works
    union all
    select file_no, unnest([opened_on, updated_on]), true from stg.topics
),

events as (
    select f.source, s.stamp, case when s.is_day then s.stamp + interval 1 day else s.stamp end as ends_at
    from stamps as s
    join raw.files as f using (file_no)
    where s.stamp < getvariable('as_of')
),

newest as (
    select source, max_by(stamp, (ends_at, stamp)) as newest_event, max(ends_at) as ends_at
    from events
    group by source
),

aged as (
    select
        s.source,
        n.newest_event,
        date_diff('microsecond', n.ends_at, getvariable('as_of')::timestamp) / 3600000000.0::double as hours_old,
        s.fresh_within_hours as fresh_within
    from ref.sources as s
    left join newest as n using (source)
),

final as (
    select *, coalesce(hours_old > fresh_within, false) as stale
    from aged
    order by source
)

select * from final
