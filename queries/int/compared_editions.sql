-- What:  The edition of each period that tonight's figures are compared with: the last one published before D, the final one where there is one.
-- Grain: one row per period that was published
-- Key:   period
-- Spec:  §14 restatements
with

final as (
    select period, published_on, edition
    from ref.published_editions
    qualify row_number() over (partition by period order by edition = 'final' desc, published_on desc) = 1
    order by period
)

select * from final
