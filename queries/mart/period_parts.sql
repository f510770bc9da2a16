-- What:  Which periods a month, week or day is summed into: a month into its quarter, half and year too.
-- Grain: one row per such part and period
-- Key:   part, period_no
-- Spec:  §0 periods
with

final as (
    select m.period_no as part, p.period_no
    from mart.period_numbers as m
    join mart.period_numbers as p on m.period_start >= p.period_start and m.period_start < p.period_end
    where
        (m.period_no = p.period_no and m.period_kind in ('month', 'week', 'day'))
        or (m.period_kind = 'month' and p.period_kind in ('quarter', 'half', 'year'))
    order by part, p.period_no
)

select * from final
