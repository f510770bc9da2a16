-- What:  Entries of the register that name a ticket which exists, void and merged ones too.
-- Grain: one row per such entry
-- Key:   property, register_id
-- Spec:  §5: any number of entries may name one ticket
with

final as (
    select r.property, r.register_id, r.ticket_id
    from int.register as r
    join int.tickets as t using (property, ticket_id)
)

select * from final
