-- What:  Sources of which nothing came in for so long before the end of a period that its figures may lack what happened.
-- Grain: one row per period and source that is stale
-- Key:   period, source
-- Spec:  product, data caveats; §14 freshness
with

final as (
    select p.period, f.source, f.newest_event
    from mart.periods as p
    join mart.freshness as f on date_diff('second', f.newest_event, least(p.period_end, getvariable('as_of'))::timestamp) / 3600.0 > f.fresh_within
    order by p.period_kind, p.period_start, f.newest_event, f.source
)

select * from final
