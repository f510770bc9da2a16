-- What:  What each of the measures is held against: a metric, perhaps of one domain or category, or activities so many times per sub-period.
-- Grain: one row per measure and evidence; a measure without any has one row, with an empty evidence
-- Key:   measure, evidence
-- Spec:  §13 the 41 measures
with

listed as (
    select
        number as measure,
        unnest(case when coalesce(trim(evidence), '') = '' then [''] else list_distinct(list_transform(string_split(evidence, ' + '), lambda e: trim(e))) end) as evidence
    from ref.measures
    qualify row_number() over (partition by number, evidence order by row_no) = 1
),

parsed as (
    select
        *,
        regexp_extract(evidence, '^(.+) ([0-9]+)/(week|month|quarter|half)$', ['activity_type', 'times', 'per']) as activity,
        regexp_extract(evidence, '^([a-z0-9_]+)(\[(.+)\])?$', ['metric', 'bracket', 'category']) as figure
    from listed
),

final as (
    select
        measure,
        evidence,
        nullif(figure.metric, '') as metric,
        coalesce(nullif(figure.category, ''), '*') as category,
        nullif(activity.activity_type, '') as activity_type,
        try_cast(nullif(activity.times, '') as integer) as times,
        nullif(activity.per, '') as per
    from parsed
)

select * from final
