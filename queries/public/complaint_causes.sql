-- What:  Complaints of a half-year by root cause, beside the half before.
-- Grain: one row per property, half-year and root cause
-- Key:   property, period, root_cause
-- Spec:  §13 public figures, counts
select
    property,
    period,
    code as root_cause,
    amount as complaints,
    amount_reading as complaints_reading,
    amount_before as complaints_before
from public.merged_counts
where dimension = 'root_cause'
order by property, period, code = 'other', code = 'unidentified', amount desc nulls last, code
