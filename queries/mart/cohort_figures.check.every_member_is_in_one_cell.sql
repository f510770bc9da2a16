-- What: Metrics whose members, over the cells of a kind of period, aren't as many as their cohort has: somebody was counted twice or not at all.
-- Stop: yes
with

span as (
    select min(period_start) as first_day from mart.periods where period_kind = 'year'
),

members as (
    select m.cohort, count(*) as members
    from query_table(getvariable('cohorts'), true) as m
    join span as s on m.counted_on >= s.first_day and m.counted_on < getvariable('as_of')
    group by m.cohort
),

cells as (
    select f.metric_no, p.period_kind, sum(f.members + f.not_measurable) as members
    from mart.cohort_figures as f
    join mart.cells as c using (cell)
    join mart.period_numbers as p using (period_no)
    where c.property <> '*' and c.zone <> '*' and c.category <> '*' and p.period_kind not in ('day', 'week')
    group by f.metric_no, p.period_kind
),

kinds as (
    select unnest(['month', 'quarter', 'half', 'year']) as period_kind
),

final as (
    select f.metric, k.period_kind, m.members as in_cohort, coalesce(c.members, 0) as in_cells
    from mart.metrics as f
    join members as m using (cohort)
    cross join kinds as k
    left join cells as c on c.metric_no = f.position and c.period_kind = k.period_kind
    where m.members <> coalesce(c.members, 0)
)

select * from final
