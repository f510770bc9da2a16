-- What: Evidence of measures that is neither a metric nor a type of activity that anything knows; it will never be there.
with

final as (
    select e.measure, e.evidence
    from int.evidences as e
    left join ref.metrics as m using (metric)
    left join (select distinct code from ref.activity_types) as t on t.code = e.activity_type
    where e.evidence <> '' and m.metric is null and t.code is null
)

select * from final
