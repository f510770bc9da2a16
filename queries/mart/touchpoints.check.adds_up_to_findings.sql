-- What: Periods whose touchpoints don't add up to the findings, in all or of the traffic.
-- Stop: yes
with

listed as (
    select property, period, sum(findings) as findings, coalesce(sum(findings) filter (where domain = 'traffic'), 0) as violations
    from mart.touchpoints
    group by property, period
),

counted as (
    select property, period, coalesce(sum(x) filter (where metric = 'findings'), 0) as findings, coalesce(sum(x) filter (where metric = 'traffic_violations'), 0) as violations
    from mart.figures
    where metric in ('findings', 'traffic_violations') and property <> '*' and zone = '*' and category = '*' and period_kind not in ('day', 'week')
    group by property, period
),

final as (
    select l.property, l.period, l.findings as listed, coalesce(c.findings, 0) as counted, l.violations, coalesce(c.violations, 0) as counted_violations
    from listed as l
    left join counted as c using (property, period)
    where l.findings <> coalesce(c.findings, 0) or l.violations <> coalesce(c.violations, 0)
)

select * from final
