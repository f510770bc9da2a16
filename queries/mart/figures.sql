-- What:  Every figure: each metric for company, property, zone and category, in every period.
-- Grain: one row per metric, cell and period
-- Key:   metric, property, zone, category, period
-- Spec:  §0 dimensions, precision, intervals; §1, §14
with

from_cohorts as (
    select
        metric,
        aggregate,
        property,
        zone,
        category,
        period,
        case when aggregate in ('count', 'share', 'sum', 'mean') then coalesce(x, 0)::double end as x,
        case aggregate when 'share' then coalesce(weight, 0) else members end::double as n,
        -- Where more than a fifth can't be measured, the rest would be a biased selection.
        case
            when not_measurable > 0.2 * (members + not_measurable) then null
            when aggregate in ('count', 'sum') then x
            when aggregate in ('share', 'ratio') then x / nullif(weight, 0)
            when aggregate = 'mean' then x / nullif(members, 0)
            else quantile
        end::double as value,
        case
            when aggregate not in ('mean', 'ratio') or members < 2 then null
            else sqrt(greatest(0.0, (single_squares::double - single_sum::double * single_sum::double / members) / (members - 1)) / members)
        end as standard_error,
        not_measurable,
        provisional
    from mart.cohort_figures
),

zeros as (
    select m.metric, 'count' as aggregate, c.property, c.zone, '*' as category, c.period, 0.0 as x, 0.0 as n, 0.0 as value, null::double as standard_error, 0 as not_measurable, false as provisional
    from mart.cells_from_first_ticket as c
    cross join (select unnest(['tickets', 'complaints', 'repairs']) as metric) as m
    join ref.metrics as known using (metric)
    anti join mart.cohort_figures as f on f.metric = m.metric and f.property = c.property and f.zone = c.zone and f.category = '*' and f.period = c.period
    where c.period_kind <> 'week'
),

-- Cells with a zero and cells with open tickets are matched where categories are summed over; where they are split there are no zeros.
stocks as (
    select property, zone, category, period, open_tickets
    from mart.stock_figures
    where category <> '*'
    union all
    select property, zone, '*', period, coalesce(s.open_tickets, 0)
    from (select * from mart.stock_figures where category = '*') as s
    full join (select * from mart.cells_from_first_ticket where period_kind <> 'week') as c using (property, zone, period)
),

open_tickets as (
    select
        'open_tickets' as metric,
        'count' as aggregate,
        property,
        zone,
        category,
        period,
        open_tickets::double as x,
        x as n,
        x as value,
        null::double as standard_error,
        0 as not_measurable,
        false as provisional
    from stocks
),

overdue as (
    select 'overdue' as metric, 'share' as aggregate, property, zone, category, period, overdue::double as x, with_deadline::double as n, x / n as value, null::double as standard_error, 0 as not_measurable, false as provisional
    from mart.stock_figures
    where with_deadline > 0 and period_kind <> 'day'
),

complaint_cells as (
    select property, zone, category, period, x
    from mart.cohort_figures
    where metric = 'complaints' and period_kind <> 'day'
    union all
    select property, zone, '*', period, 0
    from mart.household_months as h
    anti join mart.cohort_figures as f on f.metric = 'complaints' and f.property = h.property and f.zone = h.zone and f.category = '*' and f.period = h.period
    where h.property <> '*'
),

housed_cells as (
    select c.property, c.zone, c.category, c.period, c.x, h.household_months
    from complaint_cells as c
    join mart.household_months as h using (property, zone, period)
    where c.property <> '*'
),

company_cells as (
    select '*' as property, '*' as zone, c.category, c.period, sum(c.x) as x, any_value(h.household_months) as household_months
    from housed_cells as c
    join mart.household_months as h on h.property = '*' and h.period = c.period
    where c.zone = '*'
    group by c.category, c.period
),

per_households as (
    select
        'complaints_per_100_households' as metric,
        'per_100' as aggregate,
        property,
        zone,
        category,
        period,
        x::double as x,
        household_months::double as n,
        100 * x::double / household_months as value,
        null::double as standard_error,
        0 as not_measurable,
        false as provisional
    from (select * from housed_cells union all select * from company_cells)
),

together as (
    select * from from_cohorts
    union all
    select * from zeros
    union all
    select * from open_tickets
    union all
    select * from overdue
    union all
    select * from per_households
),

final as (
    select
        j.metric,
        j.property,
        j.zone,
        j.category,
        j.period,
        p.period_kind,
        p.period_start,
        p.period_end,
        p.complete,
        j.x,
        j.n,
        j.value,
        case
            when j.value is null then null
            when j.aggregate = 'share' then wilson_low(j.x, j.n, z95())
            when j.aggregate = 'per_100' then 100 * byar_low(j.x, z95()) / j.n
            else j.value - z95() * j.standard_error
        end as low,
        case
            when j.value is null then null
            when j.aggregate = 'share' then wilson_high(j.x, j.n, z95())
            when j.aggregate = 'per_100' then 100 * byar_high(j.x, z95()) / j.n
            else j.value + z95() * j.standard_error
        end as high,
        j.not_measurable,
        j.provisional
    from together as j
    join int.periods as p using (period)
    order by j.metric, j.property, j.zone, j.category, p.period_kind, p.period_start
)

select * from final
