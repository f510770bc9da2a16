-- What:  Counts of a half-year by root cause or category as the board may show them, beside the half before: small ones joined as "other", no row where only that would be left, or where nothing was counted. A corrected edition keeps the groups of the one it corrects.
-- Grain: one row per property, half-year, dimension and code
-- Key:   property, period, dimension, code
-- Spec:  §13 public figures, counts
with

posted as (
    select property, period, 'root_cause' as dimension, cells ->> 'root_cause' as code, (cells ->> 'complaints')::bigint as amount
    from mart.posted_rows
    where report = 'R6' and relation = 'complaint_causes'
    union all
    select property, period, 'category', cells ->> 'category', (cells ->> 'repairs')::bigint
    from mart.posted_rows
    where report = 'R6' and relation = 'repair_categories'
),

notices as (
    select distinct property, period from mart.posted_rows where report = 'R6'
),

-- Beside a notice that was posted for the half before stands what that notice said, and nothing that it didn't.
counted as (
    select
        g.property,
        g.period,
        g.dimension,
        g.code,
        g.is_named,
        g.amount,
        case when b.property is null then g.amount_before end as amount_before,
        b.property is not null as is_posted_before,
        n.property is not null as is_corrected,
        n.property is not null and k.code is not null as is_kept
    from mart.group_counts as g
    join public.halves as h using (property, period)
    left join notices as b on b.property = g.property and b.period = h.previous
    left join notices as n on n.property = g.property and n.period = g.period
    left join posted as k on k.property = g.property and k.period = g.period and k.dimension = g.dimension and k.code = g.code
),

judged as (
    select *, is_small(amount) or is_small(amount_before) as is_small_row, amount = 0 and coalesce(amount_before, 0) = 0 as is_zero
    from counted
),

begun as (
    select
        *,
        case
            when is_corrected then not is_kept
            else not is_named or is_small_row
                or (is_zero and bool_or(is_small_row) over (partition by property, period, dimension))
        end as is_other
    from judged
),

-- What "other" holds if the rows up to this one, smallest first, join it too.
grown as (
    select
        *,
        row_number() over smallest_first as step,
        sum(amount) over smallest_first as sum_now,
        sum(amount_before) over smallest_first as sum_before,
        bool_or(not is_small_row and not is_zero) over smallest_first as has_solid,
        count(*) filter (where is_other) over (partition by property, period, dimension) as begun_with
    from begun
    window smallest_first as (partition by property, period, dimension order by is_other desc, amount, code rows unbounded preceding)
),

-- The rows that must join, and then as few as make the sum safe, one of them not small; all of them where none does.
needed as (
    select
        property,
        period,
        dimension,
        case
            when any_value(begun_with) = 0 or any_value(is_corrected) or bool_and(is_zero) filter (where is_other) then any_value(begun_with)
            else coalesce(min(step) filter (where step >= begun_with and has_solid and not is_small(sum_now) and not is_small(sum_before)), count(*))
        end as joining
    from grown
    group by property, period, dimension
),

joined as (
    select
        g.* exclude (code),
        case when g.step <= n.joining then 'other' else g.code end as code
    from grown as g
    join needed as n using (property, period, dimension)
),

-- Seven rows at most: a notice shows what weighs most.
ranked as (
    select
        *,
        dense_rank() over (partition by property, period, dimension order by code = 'other', amount desc, code) as place,
        count(distinct code) over (partition by property, period, dimension) as rows_left
    from joined
),

summed as (
    select
        property,
        period,
        dimension,
        case when rows_left > 7 and place > 6 and not is_corrected then 'other' else code end as code,
        sum(amount)::bigint as amount,
        sum(amount_before)::bigint as amount_before,
        any_value(is_posted_before) as is_posted_before,
        any_value(is_corrected) as is_corrected
    from ranked
    group by all
),

-- A group that a corrected edition keeps may have become small: then it is said to be few, and the smallest of the others is withheld,
-- or the total would tell.
weighed as (
    select
        *,
        is_small(amount) as is_few,
        row_number() over (partition by property, period, dimension order by is_small(amount), amount, code) = 1
            and bool_or(is_small(amount)) over (partition by property, period, dimension) as is_withheld
    from summed
),

final as (
    select
        w.property,
        w.period,
        w.dimension,
        w.code,
        case when not w.is_few and not w.is_withheld then w.amount end as amount,
        case when w.is_few then 'fewer' when w.is_withheld then 'withheld' end as amount_reading,
        case when w.is_posted_before then p.amount else w.amount_before end as amount_before
    from weighed as w
    join public.halves as h using (property, period)
    left join posted as p on p.property = w.property and p.period = h.previous and p.dimension = w.dimension and p.code = w.code
    qualify
        bool_or(w.code <> 'other') over (partition by w.property, w.period, w.dimension)
        and sum(w.amount) over (partition by w.property, w.period, w.dimension) > 0
    order by w.property, w.period, w.dimension, w.code = 'other', w.code in ('unidentified', 'unclassified'), w.amount desc, w.code
)

select * from final
