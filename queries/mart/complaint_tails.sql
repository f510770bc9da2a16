-- What:  How unusual each month's complaints are beside the twelve months before.
-- Grain: one row per cell with a complaint in the month or its baseline, where six months or more lie before
-- Key:   property, zone, category, period
-- Spec:  §8; q by Benjamini and Hochberg over the cells of the property's month, zones and the property's own apart
with

-- Whole sums of whole numbers: mean and variance don't depend on the order of rows.
baselines as (
    select
        *,
        count(*) over before as months,
        (sum(x) over before)::bigint as total,
        (sum(x * x) over before)::bigint as squares,
        min(x) over last_seven as least_of_seven,
        count(*) over earlier as earlier_months,
        quantile_cont(x, 0.5) over earlier as earlier_median
    from int.complaint_months
    window
        before as (partition by property, zone, category order by period_start rows between 12 preceding and 1 preceding),
        last_seven as (partition by property, zone, category order by period_start rows between 6 preceding and current row),
        earlier as (partition by property, zone, category order by period_start rows between 18 preceding and 7 preceding)
),

spread as (
    select
        *,
        greatest(total / months, 0.1) as mean,
        (months * squares - total * total) / (months * (months - 1)) as sample_variance
    from baselines
    where months >= 6 and x + total > 0
),

judged as (
    select
        *,
        greatest(sample_variance, mean) * (1 + 1 / months) as variance,
        negative_binomial_tail(x, mean, greatest(sample_variance, mean) * (1 + 1 / months)) as tail,
        earlier_months >= 6 and least_of_seven > earlier_median as shift
    from spread
),

ranked as (
    select
        *,
        row_number() over (in_family order by tail, zone, category) as rank,
        count(*) over in_family as cells
    from judged
    window in_family as (partition by property, period, zone = '*')
),

final as (
    select
        property,
        zone,
        category,
        period,
        x,
        places,
        months,
        mean,
        variance,
        tail,
        least(1.0, min(tail * cells / rank) over (
            partition by property, period, zone = '*' order by rank rows between current row and unbounded following
        )) as q,
        coalesce(shift, false) as shift
    from ranked
    order by property, zone, category, period
)

select * from final
