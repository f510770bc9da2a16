-- What:  Complaints by root cause and repairs by category of each half-year that a notice can be made of, beside the half before: as they are, not as the board may show them.
-- Grain: one row per property, half-year, dimension and code
-- Key:   property, period, dimension, code
-- Spec:  §13 public figures
with

-- A half that the first ticket of the property lies in is not a whole one.
halves as (
    select p.property, h.period, case when b.period_start >= p.first_on then h.previous end as previous
    from mart.properties as p
    join mart.periods as h on h.period_kind = 'half' and h.complete and h.period_end > p.first_on
    left join mart.periods as b on b.period = h.previous
),

counts as (
    select property, period, 'root_cause' as dimension, root_cause as code, complaints as amount
    from mart.complaint_root_causes
    where zone = '*'
    union all
    select property, period, 'category', category, value::bigint
    from mart.figures
    where metric = 'repairs' and zone = '*' and category <> '*'
),

beside as (
    select
        h.property,
        h.period,
        c.dimension,
        c.code,
        coalesce(sum(c.amount) filter (where c.period = h.period), 0)::bigint as amount,
        case when h.previous is not null then coalesce(sum(c.amount) filter (where c.period = h.previous), 0)::bigint end as amount_before
    from halves as h
    join counts as c on c.property = h.property and c.period in (h.period, h.previous)
    group by h.property, h.period, h.previous, c.dimension, c.code
),

-- A code that no list knows is a word from a ticket.
final as (
    select
        b.*,
        b.code in ('unidentified', 'unclassified') or n.code is not null as is_named
    from beside as b
    left join mart.names as n on n.kind = b.dimension and n.property = '*' and n.code = b.code
    order by property, period, dimension, code
)

select * from final
