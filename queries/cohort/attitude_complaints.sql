-- What:    Complaints, where the taxonomy flags any cause as one of attitude, and whether their root cause is flagged.
-- Grain:   one row per ticket
-- Key:     property, id
-- Of:      ticket
-- Figures: attitude_complaints = share, lower is better
-- Spec:    §1, root causes
with

flagged as (
    select distinct code as root_cause from ref.root_causes where attitude
),

final as (
    select t.property, t.ticket_id as id, t.zone, t.category, t.technician, t.registered_at::date as counted_on, f.root_cause is not null as hit
    from int.tickets as t
    join int.root_causes as c using (property, ticket_id)
    left join flagged as f using (root_cause)
    where t.is_counted and t.kind = 'complaint' and exists (from flagged)
)

select * from final
