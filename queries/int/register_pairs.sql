-- What:  Entries of the register and the tickets at their place, paired nearest first.
-- Grain: one row per pair
-- Key:   property, register_id
-- Spec:  §5: each ticket and entry once; ties by register id, then ticket id
with recursive

-- Each round keeps every pair that is the nearest left of both its entry and its ticket; the next drops the others of these two.
-- Nothing that is still left can come before a pair so kept: the rounds give the same pairs as one walk from the nearest to the farthest.
rounds as (
    select property, register_id, ticket_id, gap, false as is_kept
    from int.register_candidates
    where is_free
    union all
    select
        property,
        register_id,
        ticket_id,
        gap,
        row_number() over (partition by property, register_id order by gap, ticket_id) = 1
        and row_number() over (partition by property, ticket_id order by gap, register_id) = 1 as is_kept
    from (
        select
            *,
            bool_or(is_kept) over (partition by property, register_id) or bool_or(is_kept) over (partition by property, ticket_id) as is_gone
        from rounds
    )
    where not is_gone
),

final as (
    select property, register_id, ticket_id, gap
    from rounds
    where is_kept
)

select * from final
