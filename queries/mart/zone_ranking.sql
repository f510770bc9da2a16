-- What:  Zones in the order of their score, with how sure the rank is and how it moved.
-- Grain: one row per zone and period
-- Key:   property, zone, period
-- Spec:  §7
with

scores as (
    select
        property,
        zone,
        period,
        sum((weight * points)::decimal(28, 12))::double / sum(weight::decimal(28, 12))::double as score,
        sum(weighted_variance::decimal(38, 12))::double / power(sum(weight::decimal(28, 12))::double, 2) as variance
    from mart.zone_indicators
    group by property, zone, period
),

registered as (
    select property, zone, period, sum(x) as tickets
    from mart.figures
    where metric in ('complaints', 'repairs') and category = '*' and property <> '*' and zone <> '*' and period_kind not in ('day', 'week')
    group by property, zone, period
),

judged as (
    select
        s.*,
        floor(s.score * 10 + 0.5) / 10 as rounded,
        s.zone = 'unassigned' or coalesce(r.tickets, 0) < getvariable('min_tickets') as too_few
    from scores as s
    left join registered as r using (property, zone, period)
),

ranks as (
    select property, zone, period, rank() over (partition by property, period order by rounded desc) as rank
    from judged
    where not too_few
),

apart as (
    select
        i.property,
        i.zone,
        i.period,
        count(*) filter (where j.score - i.score > 1.645 * sqrt(i.variance + j.variance)) as surely_above,
        count(*) filter (where i.score - j.score > 1.645 * sqrt(i.variance + j.variance)) as surely_below,
        count(*) as ranked
    from judged as i
    join judged as j on j.property = i.property and j.period = i.period
    where not i.too_few and not j.too_few
    group by i.property, i.zone, i.period
),

final as (
    select
        j.property,
        j.zone,
        j.period,
        j.score,
        r.rank,
        1 + a.surely_above as rank_low,
        a.ranked - a.surely_below as rank_high,
        b.rank - r.rank as movement,
        j.too_few
    from judged as j
    left join ranks as r using (property, zone, period)
    left join apart as a using (property, zone, period)
    join mart.periods as p using (period)
    left join ranks as b on b.property = j.property and b.zone = j.zone and b.period = p.previous
    order by j.property, p.period_kind, p.period_start, r.rank nulls last, j.zone
)

select * from final
