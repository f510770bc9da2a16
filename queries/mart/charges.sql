-- What:  Completed repairs that cost something, with what was quoted and what the resident said of the fee.
-- Grain: one row per repair
-- Key:   property, ticket_id
-- Spec:  §14
with

final as (
    select
        t.property,
        t.ticket_id,
        t.zone,
        t.category,
        t.completed_at,
        t.fee_quoted,
        t.fee_charged,
        (t.fee_charged - t.fee_quoted)::decimal(14, 2) as fee_gap,
        a.fee_reasonable
    from int.tickets as t
    left join int.fee_answers as a using (property, ticket_id)
    where t.is_counted and t.kind = 'repair' and t.completed_at is not null and t.fee_charged > 0
    order by t.property, t.completed_at, t.ticket_id
)

select * from final
