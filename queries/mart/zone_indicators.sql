-- What:  The indicators of the zone ranking: raw, drawn towards the property, as points, and how they stand.
-- Grain: one row per zone, period and indicator
-- Key:   property, zone, period, metric
-- Spec:  §7; low and high are the 95 % interval of the raw value, standing uses the 99.8 % one
with

indicators as (
    select
        w.metric,
        w.weight,
        m.aggregate,
        case when m.aggregate = 'per_100' then 500 when m.aggregate = 'share' then 20 else 4 end as k
    from ref.zone_weights as w
    join mart.metrics as m using (metric)
    where w.weight > 0
),

of_property as (
    select f.property, f.period, i.metric, i.weight, i.aggregate, i.k, f.value as m, f.n, (f.high - f.value) / z95() * sqrt(f.n) as s, c.target, c.floor
    from indicators as i
    join mart.figures as f using (metric)
    join mart.comparisons as c using (metric, property, zone, category, period)
    where f.property <> '*' and f.zone = '*' and f.category = '*' and f.period_kind not in ('day', 'week') and f.value is not null and c.target is not null
),

raw_values as (
    select
        p.property,
        z.zone,
        p.period,
        p.metric,
        p.weight,
        p.aggregate,
        p.k,
        p.m,
        p.target,
        p.floor,
        f.x,
        coalesce(f.n, 0) as n,
        f.value as raw,
        f.low,
        f.high,
        -- The variance of one member: of a mean it comes from the width of its interval; where that has none, the property's.
        coalesce((f.high - f.value) / z95() * sqrt(f.n), p.s) as s
    from of_property as p
    join int.zones as z using (property)
    left join mart.figures as f on f.metric = p.metric and f.property = p.property and f.zone = z.zone and f.category = '*' and f.period = p.period
),

drawn as (
    select
        *,
        case when raw is null then m else (n * raw + k * m) / (n + k) end as shrunk,
        case when raw is null then points(m, target, floor) else (n * points(raw, target, floor) + k * points(m, target, floor)) / (n + k) end as points
    from raw_values
),

limits as (
    select
        *,
        case
            when raw is null then null
            when aggregate = 'share' then wilson_low(x, n, z998())
            when aggregate = 'per_100' then 100 * byar_low(x, z998()) / n
            when n >= 2 then raw - z998() * s / sqrt(n)
        end as funnel_low,
        case
            when raw is null then null
            when aggregate = 'share' then wilson_high(x, n, z998())
            when aggregate = 'per_100' then 100 * byar_high(x, z998()) / n
            when n >= 2 then raw + z998() * s / sqrt(n)
        end as funnel_high
    from drawn
),

final as (
    select
        property,
        zone,
        period,
        metric,
        x,
        n,
        raw,
        low,
        high,
        shrunk,
        points,
        weight,
        case
            when (m < funnel_low and target > floor) or (m > funnel_high and target < floor) then 'better'
            when (m < funnel_low and target < floor) or (m > funnel_high and target > floor) then 'worse'
            else 'as expected'
        end as standing,
        case
            when raw is null or n = 0 then 0.0
            else power(weight * 100 / abs(target - floor) * n / (n + k), 2)
                * case aggregate
                    when 'share' then shrunk * (1 - shrunk) / n
                    when 'per_100' then 100 * shrunk / n
                    else coalesce(s * s / n, 0)
                end
        end as weighted_variance
    from limits
    order by property, period, zone, metric
)

select * from final
