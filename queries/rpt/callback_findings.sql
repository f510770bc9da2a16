-- What:  What the callbacks of a period found, in one sentence.
-- Grain: one row per property (and company), zone (* for all) and period with a callback
-- Key:   property, zone, period
with

worst as (
    select property, zone, period, owner, found
    from rpt.callback_people
    where owner <> '*'
    qualify row_number() over (partition by property, zone, period order by found desc, calls desc, owner) = 1
),

final as (
    select
        t.property,
        t.zone,
        t.period,
        case when t.found = 0 then 'none' else 'found' end as finding,
        t.calls,
        t.reached,
        t.found,
        t.not_resolved,
        w.owner,
        w.found as most
    from rpt.callback_people as t
    join mart.periods as p using (period)
    left join worst as w using (property, zone, period)
    where t.owner = '*'
    order by t.property, t.zone, p.period_kind, p.period_start
)

select * from final
