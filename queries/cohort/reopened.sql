-- What:    Complaints and repairs whose loop_days are over, where the export tells of it, and whether they were reopened.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: reopened = share, lower is better
-- Spec:    §1
with

final as (
    select
        t.property,
        t.ticket_id as id,
        t.zone,
        t.category,
        t.technician,
        last_date(window_end(t.registered_at, t.registered_at_day, getvariable('loop_days'))) as counted_on,
        coalesce(t.reopened_count, 0) > 0 as hit
    from int.tickets as t
    join stg.known_counts as k using (property, ticket_id)
    where t.is_counted and t.kind in ('complaint', 'repair') and k.has_reopened_count
        and window_end(t.registered_at, t.registered_at_day, getvariable('loop_days')) <= getvariable('as_of')
)

select * from final
