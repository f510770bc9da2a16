-- What:  Charged repairs of a period: fees called unreasonable first, then those above the quote.
-- Grain: one row per repair and period in which it was completed
-- Key:   property, ticket_id, period
-- Spec:  §14
with

final as (
    select
        c.property,
        c.zone,
        p.period,
        c.ticket_id,
        c.category,
        c.completed_at,
        c.fee_quoted,
        c.fee_charged,
        c.fee_gap,
        c.fee_reasonable
    from mart.charges as c
    join mart.periods as p on c.completed_at >= p.period_start and c.completed_at < p.period_end
    where p.period_kind not in ('day', 'week')
    order by c.property, p.period_kind, p.period_start, c.fee_reasonable is not distinct from 'no' desc, c.fee_gap desc nulls last, c.fee_charged desc, c.ticket_id
)

select * from final
