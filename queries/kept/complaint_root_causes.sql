-- What:    Root causes of the editions that this night publishes.
-- Grain:   one row per cell, period and root cause
-- Key:     property, zone, period, root_cause
-- Columns: property varchar, zone varchar, period varchar, root_cause varchar, complaints bigint, share double, cumulative_share double, position bigint, inferred bigint, still_open bigint, median_hours_to_close double
-- Spec:    §1 root causes
with

final as (
    select r.property, r.zone, r.period, r.root_cause, r.complaints, r.share, r.cumulative_share, r.position, r.inferred, r.still_open, r.median_hours_to_close
    from mart.complaint_root_causes as r
    semi join kept.editions as e using (period)
    order by r.property, r.zone, r.period, r.position
)

select * from final
