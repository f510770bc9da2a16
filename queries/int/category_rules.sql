-- What:  What the reference says of each category, and the dates for which it holds.
-- Grain: one row per category and date from which a row holds
-- Key:   category, valid_from
-- Spec:  §0 references: the last row of a date wins
with

dated as (
    select code as category, coalesce(valid_from, date '0001-01-01') as valid_from, row_no, standard_hours, rework_window_days, callback_required
    from ref.categories
    qualify row_number() over (partition by code, coalesce(valid_from, date '0001-01-01') order by row_no desc) = 1
),

final as (
    select
        category,
        valid_from,
        coalesce(lead(valid_from) over (partition by category order by valid_from), date '9999-12-31') as valid_before,
        standard_hours,
        rework_window_days,
        callback_required
    from dated
)

select * from final
