-- What:  The newest edition of each notice that was posted before D, and from when. Drafts were never posted.
-- Grain: one row per report, property and period
-- Key:   report, property, period
-- Spec:  product, editions of notices
with

final as (
    select report, property, period, max(edition) as edition, max_by(published_on, (edition, -epoch(published_on))) as posted_on
    from ref.published_documents
    where not draft and edition > 0
    group by report, property, period
    order by report, property, period
)

select * from final
