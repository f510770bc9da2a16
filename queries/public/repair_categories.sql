-- What:  Repairs of a half-year by category, beside the half before.
-- Grain: one row per property, half-year and category
-- Key:   property, period, category
-- Spec:  §13 public figures, counts
select
    property,
    period,
    code as category,
    amount as repairs,
    amount_reading as repairs_reading,
    amount_before as repairs_before
from public.merged_counts
where dimension = 'category'
order by property, period, code = 'other', code = 'unclassified', amount desc nulls last, code
