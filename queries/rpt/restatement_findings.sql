-- What:  Whether published figures have moved, in one sentence with the first of them.
-- Grain: one row per property (and company) and zone (* for all)
-- Key:   property, zone
with

cells as (
    select distinct property, zone from rpt.compared where category = '*'
),

moved as (
    select
        property,
        zone,
        count(*)::bigint as figures,
        first(metric order by list_position(getvariable('kpis'), metric) nulls last, of_period desc, metric) as metric,
        first(of_period order by list_position(getvariable('kpis'), metric) nulls last, of_period desc, metric) as of_period,
        first(unit order by list_position(getvariable('kpis'), metric) nulls last, of_period desc, metric) as unit,
        first(was order by list_position(getvariable('kpis'), metric) nulls last, of_period desc, metric) as was,
        first(now order by list_position(getvariable('kpis'), metric) nulls last, of_period desc, metric) as now
    from rpt.restatements
    where category = '*'
    group by property, zone
),

final as (
    select
        c.property,
        c.zone,
        case when m.figures is null then 'none' else 'moved' end as finding,
        coalesce(m.figures, 0) as figures,
        m.metric,
        m.of_period,
        m.unit,
        m.was,
        m.now
    from cells as c
    left join moved as m using (property, zone)
    order by c.property, c.zone
)

select * from final
