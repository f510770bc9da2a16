-- What: Properties whose list of open tickets, inventory or ageing isn't as long as the figure open_tickets at D says, or whose overdue list isn't as the figure overdue.
-- Stop: yes
with

now as (
    select period
    from mart.periods
    where period_kind = 'month' and period_start <= getvariable('as_of') - 1 and period_end > getvariable('as_of') - 1
),

figures as (
    select
        f.property,
        coalesce(sum(f.x) filter (where f.metric = 'open_tickets'), 0) as open_figure,
        coalesce(sum(f.x) filter (where f.metric = 'overdue'), 0) as overdue_figure
    from mart.figures as f
    join now using (period)
    where f.metric in ('open_tickets', 'overdue') and f.property <> '*' and f.zone = '*' and f.category = '*'
    group by f.property
),

lists as (
    select property, count(*) as open_list, count(overdue_hours) as overdue_list from mart.open_tickets group by property
),

inventory as (
    select property, sum(closing) as closing from mart.daily_inventory group by property
),

ageing as (
    select property, sum(tickets) as aged from mart.ageing group by property
),

final as (
    select
        coalesce(f.property, l.property) as property,
        coalesce(f.open_figure, 0) as open_figure,
        coalesce(l.open_list, 0) as open_list,
        coalesce(i.closing, 0) as closing,
        coalesce(a.aged, 0) as aged,
        coalesce(f.overdue_figure, 0) as overdue_figure,
        coalesce(l.overdue_list, 0) as overdue_list
    from figures as f
    full join lists as l using (property)
    left join inventory as i using (property)
    left join ageing as a using (property)
    where open_figure <> open_list or open_figure <> coalesce(closing, 0) or open_figure <> coalesce(aged, 0) or overdue_figure <> overdue_list
)

select * from final
