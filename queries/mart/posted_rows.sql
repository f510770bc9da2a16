-- What:  The rows that notices posted before D showed, of the newest edition of each: what residents have read. Drafts were never posted.
-- Grain: one row per report, property, period, public relation and row
-- Key:   report, property, period, relation, position
-- Spec:  §13: a comparison with an earlier period repeats the groups and figures of the notice published for it
with

posted as (
    select report, property, period, max(edition) as edition, max_by(rows_of, (edition, published_on)) as rows_of
    from ref.published_documents
    where not draft and edition > 0
    group by report, property, period
),

shown as (
    select p.report, p.property, p.period, p.edition, k.relation, k.position, k.cells, k.published_on
    from posted as p
    join ref.published_public as k on k.report = p.report and k.property = p.property and k.period = p.period and k.published_on <= p.rows_of
    qualify k.published_on = max(k.published_on) over (partition by k.report, k.property, k.period, k.relation)
),

final as (
    select report, property, period, relation, position, edition, cells
    from shown
    where position > 0
    order by report, property, period, relation, position
)

select * from final
