-- What:  Early warnings: complaints beyond what is usual there, or above it for seven months.
-- Grain: one row per zone (* for the property), category and month with three complaints or a shift
-- Key:   property, zone, category, period
-- Spec:  §8
with

shown as (
    select * from mart.complaint_tails where x >= 3 or shift
),

candidates as (
    select property, zone, category, period, mean, variance, unnest(range(0, floor(mean + 20 * sqrt(variance) + 20)::bigint + 1)) as candidate
    from shown
),

-- One less what lies below each candidate, added up once: a tail of its own for each would cost the square of the range.
tails as (
    select
        property,
        zone,
        category,
        period,
        candidate,
        1 - coalesce(sum(negative_binomial_pmf(candidate, mean, variance)) over (
            partition by property, zone, category, period order by candidate rows between unbounded preceding and 1 preceding
        ), 0) as tail
    from candidates
),

usual as (
    select property, zone, category, period, max(candidate) as usual_to
    from tails
    where tail > 0.05
    group by property, zone, category, period
),

causes as (
    select
        t.property,
        case when grouping(t.zone) = 1 then '*' else t.zone end as zone,
        t.category,
        period_label('month', t.registered_at::date) as period,
        c.root_cause,
        count(*) as complaints
    from int.tickets as t
    join int.root_causes as c using (property, ticket_id)
    where t.is_counted and t.kind = 'complaint'
    group by t.property, t.category, period_label('month', t.registered_at::date), c.root_cause, grouping sets ((), (t.zone))
),

top_causes as (
    select property, zone, category, period, root_cause as top_root_cause
    from causes
    qualify row_number() over (partition by property, zone, category, period order by root_cause = 'unidentified', complaints desc, root_cause) = 1
),

final as (
    select
        s.property,
        s.zone,
        s.category,
        s.period,
        s.x,
        s.places,
        s.mean,
        s.tail,
        s.q,
        u.usual_to,
        case when s.x < 3 then null when s.q <= 0.01 then 'red' when s.q <= 0.05 then 'amber' end as level,
        s.shift,
        c.top_root_cause
    from shown as s
    left join usual as u using (property, zone, category, period)
    left join top_causes as c using (property, zone, category, period)
    order by s.property, s.period, s.q, s.tail, s.zone, s.category
)

select * from final
