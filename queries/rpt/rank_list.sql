-- What:  The ranks of all zones of a property and nothing else of them, for a zone's own workbook.
-- Grain: one row per ranked zone and period
-- Key:   property, ranked_zone, period
-- Spec:  product, R10
with

final as (
    select r.property, r.period, r.rank, r.zone as ranked_zone
    from mart.zone_ranking as r
    join mart.periods as p using (period)
    where r.rank is not null
    order by r.property, p.period_kind, p.period_start, r.rank, r.zone
)

select * from final
