-- What:  Complaints of a half-year by root cause, beside the half before, small causes joined as "other"; no row where only that would be left.
-- Grain: one row per property, half-year and root cause
-- Key:   property, period, root_cause
-- Spec:  §13 public figures, counts
with

known as (
    select code from mart.names where kind = 'root_cause'
    union
    select 'unidentified'
),

causes as (
    select h.property, h.period, r.root_cause, r.complaints, h.previous is not null as is_compared, r.period = h.period as is_now
    from public.halves as h
    join mart.complaint_root_causes as r on r.property = h.property and r.zone = '*' and r.period in (h.period, h.previous)
),

-- A cause that no list knows is a word from a ticket, and never printed.
counted as (
    select
        property,
        period,
        root_cause,
        root_cause in (select code from known) as is_named,
        coalesce(sum(complaints) filter (where is_now), 0)::bigint as complaints,
        case when any_value(is_compared) then coalesce(sum(complaints) filter (where not is_now), 0)::bigint end as complaints_before
    from causes
    group by property, period, root_cause
),

judged as (
    select *, is_small(complaints) or is_small(complaints_before) as is_small_row
    from counted
),

begun as (
    select
        *,
        not is_named or is_small_row
            or (complaints = 0 and coalesce(complaints_before, 0) = 0 and bool_or(is_small_row) over (partition by property, period)) as is_other
    from judged
),

-- What "other" holds if the rows up to this one, smallest first, join it too.
grown as (
    select
        *,
        row_number() over smallest_first as step,
        sum(complaints) over smallest_first as sum_now,
        sum(complaints_before) over smallest_first as sum_before,
        bool_or(not is_small_row) over smallest_first as has_solid,
        count(*) filter (where is_other) over (partition by property, period) as begun_with
    from begun
    window smallest_first as (partition by property, period order by is_other desc, complaints, root_cause rows unbounded preceding)
),

-- The rows that must join, and then as few as make the sum safe, one of them not small; all of them where none does.
needed as (
    select
        property,
        period,
        case
            when any_value(begun_with) = 0 then 0
            else coalesce(min(step) filter (where step >= begun_with and has_solid and not is_small(sum_now) and not is_small(sum_before)), count(*))
        end as joining
    from grown
    group by property, period
),

joined as (
    select
        g.property,
        g.period,
        g.complaints,
        g.complaints_before,
        case when g.step <= n.joining then 'other' else g.root_cause end as root_cause
    from grown as g
    join needed as n using (property, period)
),

-- Seven rows at most: a notice shows what weighs most.
ranked as (
    select
        *,
        dense_rank() over (partition by property, period order by root_cause = 'other', complaints desc, root_cause) as place,
        count(distinct root_cause) over (partition by property, period) as rows_left
    from joined
),

shortened as (
    select
        property,
        period,
        case when rows_left > 7 and place > 6 then 'other' else root_cause end as root_cause,
        complaints,
        complaints_before
    from ranked
),

summed as (
    select
        property,
        period,
        root_cause,
        sum(complaints)::bigint as complaints,
        sum(complaints_before)::bigint as complaints_before
    from shortened
    group by property, period, root_cause
),

final as (
    select property, period, root_cause, complaints, complaints_before
    from summed
    qualify bool_or(root_cause <> 'other') over (partition by property, period)
    order by property, period, root_cause = 'other', root_cause = 'unidentified', complaints desc, root_cause
)

select * from final
