-- What:  Every figure: each metric for company, property, zone and category, in every period.
-- Grain: one row per metric, cell and period
-- Key:   metric, property, zone, category, period
-- Spec:  §0 dimensions, precision, intervals; §1, §14
with

from_cohorts as (
    select
        m.metric,
        m.aggregate,
        c.property,
        c.zone,
        c.category,
        p.period,
        case when m.aggregate in ('count', 'share', 'sum', 'mean') then coalesce(f.x, 0)::double end as x,
        case m.aggregate when 'share' then coalesce(f.weight, 0) else f.members end::double as n,
        -- Where more than a fifth can't be measured, the rest would be a biased selection.
        case
            when f.not_measurable > 0.2 * (f.members + f.not_measurable) then null
            when m.aggregate in ('count', 'sum') then f.x
            when m.aggregate in ('share', 'ratio') then f.x / nullif(f.weight, 0)
            when m.aggregate = 'mean' then f.x / nullif(f.members, 0)
            when m.aggregate = 'median' then q.median
            else q.p90
        end::double as value,
        case
            when m.aggregate not in ('mean', 'ratio') or f.members < 2 then null
            else sqrt(greatest(0.0, (f.single_squares - f.single_sum * f.single_sum / f.members) / (f.members - 1)) / f.members)
        end as standard_error,
        f.not_measurable,
        f.provisional
    from mart.cohort_figures as f
    join mart.metrics as m on m.position = f.metric_no
    join mart.cells as c using (cell)
    join mart.period_numbers as p using (period_no)
    left join mart.cohort_quantiles as q on q.cohort = m.cohort and q.cell = f.cell and q.period_no = f.period_no
),

received as (
    select m.metric, c.property, c.zone, c.category, p.period, p.period_kind, f.x
    from mart.cohort_figures as f
    join mart.metrics as m on m.position = f.metric_no
    join mart.cells as c using (cell)
    join mart.period_numbers as p using (period_no)
    where m.metric in ('tickets', 'complaints', 'repairs')
),

zeros as (
    select m.metric, 'count' as aggregate, c.property, c.zone, c.category, c.period, 0.0 as x, 0.0 as n, 0.0 as value, null::double as standard_error, 0 as not_measurable, false as provisional
    from mart.cells_from_first_ticket as c
    join mart.metrics as m on m.metric in ('tickets', 'complaints', 'repairs')
    anti join received as f on f.metric = m.metric and f.property = c.property and f.zone = c.zone and f.category = c.category and f.period = c.period
    where c.period_kind <> 'week'
),

stocks as (
    select property, zone, category, period, coalesce(s.open_tickets, 0) as open_tickets
    from mart.stock_figures as s
    full join (select * from mart.cells_from_first_ticket where period_kind <> 'week') as c using (property, zone, category, period)
),

open_tickets as (
    select
        m.metric,
        'count' as aggregate,
        s.property,
        s.zone,
        s.category,
        s.period,
        s.open_tickets::double as x,
        x as n,
        x as value,
        null::double as standard_error,
        0 as not_measurable,
        false as provisional
    from stocks as s
    join mart.metrics as m on m.metric = 'open_tickets'
),

overdue as (
    select
        m.metric,
        'share' as aggregate,
        s.property,
        s.zone,
        s.category,
        s.period,
        s.overdue::double as x,
        s.with_deadline::double as n,
        x / n as value,
        null::double as standard_error,
        0 as not_measurable,
        s.provisional
    from mart.stock_figures as s
    join mart.metrics as m on m.metric = 'overdue'
    where s.with_deadline > 0 and s.period_kind <> 'day'
),

complaints as (
    select property, zone, category, period, x
    from received
    where metric = 'complaints' and period_kind <> 'day'
),

complaint_cells as (
    select property, zone, category, period, x
    from complaints
    union all
    select property, zone, category, period, 0
    from mart.household_months as h
    anti join complaints as f using (property, zone, category, period)
    where h.property <> '*'
),

housed_cells as (
    select c.property, c.zone, c.category, c.period, c.x, h.household_months
    from complaint_cells as c
    join mart.household_months as h using (property, zone, period)
    where c.property <> '*'
),

company_cells as (
    select h.property, h.zone, c.category, c.period, sum(c.x) as x, any_value(h.household_months) as household_months
    from housed_cells as c
    join mart.household_months as h on h.property = '*' and h.period = c.period
    where c.zone = '*'
    group by h.property, h.zone, c.category, c.period
),

per_households as (
    select
        m.metric,
        'per_100' as aggregate,
        c.property,
        c.zone,
        c.category,
        c.period,
        c.x::double as x,
        c.household_months::double as n,
        100 * c.x::double / c.household_months as value,
        null::double as standard_error,
        0 as not_measurable,
        false as provisional
    from (select * from housed_cells union all select * from company_cells) as c
    join mart.metrics as m on m.metric = 'complaints_per_100_households'
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
    join mart.periods as p using (period)
    order by j.metric, j.property, j.zone, j.category, p.period_kind, p.period_start
)

select * from final
