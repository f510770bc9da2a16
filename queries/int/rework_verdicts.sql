-- What:  Jobs whose window is over, and whether they came back.
-- Grain: one row per job
-- Key:   property, ticket_id
-- Spec:  §1 rework, §2
with

pinned as (
    select distinct property, ticket_id from int.rework_pins
),

final as (
    select
        j.property,
        j.ticket_id,
        j.scope,
        j.zone,
        j.category,
        j.technician,
        last_date(j.window_end) as counted_on,
        p.ticket_id is not null as hit
    from int.rework_jobs as j
    left join pinned as p using (property, ticket_id)
    where j.window_end <= getvariable('as_of')
)

select * from final
