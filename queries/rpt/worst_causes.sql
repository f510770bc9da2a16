-- What:  Root causes whose complaints grew most against the period before, beside the most frequent ones.
-- Grain: one row per property (and company), zone (* for all), period and root cause
-- Key:   property, zone, period, root_cause
-- Spec:  product, R5
with

compared as (
    select r.property, r.zone, r.period, r.root_cause, r.complaints, r.share, r.previous, r.complaints - r.previous as change, r.still_open
    from rpt.root_causes as r
    where r.root_cause <> 'unidentified'
),

final as (
    select c.*
    from compared as c
    join mart.periods as p using (period)
    qualify row_number() over (partition by c.property, c.zone, c.period order by c.complaints desc, c.root_cause) <= 5
    order by c.property, c.zone, p.period_kind, p.period_start, c.change desc nulls last, c.complaints desc, c.root_cause
)

select * from final
