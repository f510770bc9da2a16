-- What:  Inspections as seen at D, with zone and domain decided.
-- Grain: one row per inspection
-- Key:   property, inspection_id
-- Spec:  §0 as-of, §6
with

-- What an inspection found isn't known before it took place.
seen as (
    select *, not coalesce(inspected_at >= getvariable('as_of'), false) as has_happened
    from stg.inspections
),

final as (
    select
        i.property,
        i.inspection_id,
        coalesce(i.domain_code, i.domain) as domain,
        coalesce(k.zone, 'unassigned') as zone,
        i.touchpoint,
        i.touchpoint_key,
        i.planned_at,
        i.planned_at_day,
        case when i.has_happened then i.inspected_at end as inspected_at,
        i.inspected_at_day,
        coalesce(case when i.has_happened then i.inspected_at end, i.planned_at) as dated_at,
        case when i.has_happened and i.inspected_at is not null then i.inspected_at_day else i.planned_at_day end as dated_at_day,
        case when i.has_happened then i.result_code end as result,
        case when i.has_happened then i.score end as score,
        i.max_score,
        case when i.has_happened then i.issue end as issue,
        i.has_happened
        and (coalesce(i.result_code = 'fail', false) or coalesce(i.issue_key not in ('無', '无', '無異常', '无异常', '正常', '合格'), false)) as is_finding,
        case when i.rectified_at < getvariable('as_of') then i.rectified_at end as rectified_at,
        i.rectified_at_day,
        i.file_no,
        i.landed,
        i.src_line
    from seen as i
    left join int.zone_keys as k using (property, zone_key)
)

select * from final
