-- A made-up world of two properties, four zones each and eighteen months, with just what the mart relations hold. Its figures come
-- from plain arithmetic, so that they are the same everywhere.

create table mart.metrics as
select * from (values
    ('complaints', 'complaints', 'count', 'count', 'lower', 1),
    ('complaints_per_100_households', null, 'per_100', 'per_100', 'lower', 2),
    ('repairs', 'repairs', 'count', 'count', 'none', 3),
    ('on_time', 'on_time', 'share', 'percent', 'higher', 4),
    ('repair_on_time', 'repair_on_time', 'share', 'percent', 'higher', 5),
    ('complaint_on_time', 'complaint_on_time', 'share', 'percent', 'higher', 6),
    ('response_on_time', 'response_on_time', 'share', 'percent', 'higher', 7),
    ('emergency_arrival', 'emergency_arrival', 'share', 'percent', 'higher', 8),
    ('open_tickets', null, 'count', 'count', 'lower', 9),
    ('overdue', null, 'share', 'percent', 'lower', 10),
    ('rework', 'rework', 'share', 'percent', 'lower', 11),
    ('common_rework', 'common_rework', 'share', 'percent', 'lower', 12),
    ('household_rework', 'household_rework', 'share', 'percent', 'lower', 13),
    ('callback_on_time', 'callback_on_time', 'share', 'percent', 'higher', 14),
    ('satisfied', 'satisfied', 'share', 'percent', 'higher', 15),
    ('satisfaction_mean', 'satisfied', 'mean', 'score', 'higher', 16),
    ('hours_to_complete_median', 'hours', 'median', 'hours', 'lower', 17),
    ('fees_charged', 'fees', 'sum', 'yuan', 'none', 18)
) as m(metric, cohort, aggregate, unit, direction, position);

create table mart.names as
select * from (values
    ('property', '*', 'P01', '翠湖灣', '翠湖湾', 'Emerald Bay'),
    ('property', '*', 'P02', '錦繡花園', '锦绣花园', 'Brocade Gardens'),
    ('zone', 'P01', 'A', '湖濱片區', '湖滨片区', 'Lakeside'),
    ('zone', 'P01', 'B', '花園片區', '花园片区', 'Garden'),
    ('zone', 'P01', 'C', '會所片區', '会所片区', 'Clubhouse'),
    ('zone', 'P01', 'D', '北苑片區', '北苑片区', 'North Court'),
    ('zone', 'P02', 'A', '東區', '东区', 'East'),
    ('zone', 'P02', 'B', '西區', '西区', 'West'),
    ('zone', 'P02', 'C', '南區', '南区', 'South'),
    ('zone', 'P02', 'D', '北區', '北区', 'North'),
    ('category', '*', 'plumbing', '給排水', '给排水', 'Plumbing'),
    ('category', '*', 'electric', '電氣照明', '电气照明', 'Electrical and lighting'),
    ('category', '*', 'doors', '門窗', '门窗', 'Doors and windows'),
    ('category', '*', 'lifts', '電梯', '电梯', 'Lifts'),
    ('category', '*', 'noise', '噪音擾民', '噪音扰民', 'Noise'),
    ('root_cause', '*', 'slow', '響應遲緩', '响应迟缓', 'Slow response'),
    ('root_cause', '*', 'ageing', '設備老化', '设备老化', 'Ageing equipment'),
    ('root_cause', '*', 'sloppy', '維修不到位', '维修不到位', 'Repair not thorough'),
    ('root_cause', '*', 'attitude', '服務態度', '服务态度', 'Attitude'),
    ('root_cause', '*', 'neighbours', '鄰里糾紛', '邻里纠纷', 'Between neighbours')
) as n(kind, property, code, zh_hant, zh_hans, en);

create table mart.periods as
with
    months as (select ((date '2025-01-01')::timestamp + to_months(i::int))::date as period_start from range(18) as r(i)),
    longer as (
        select * from (values
            ('2026-W26', 'week', date '2026-06-22', date '2026-06-29', '2026-W25', null), ('2026Q1', 'quarter', date '2026-01-01', date '2026-04-01', null, null),
            ('2026Q2', 'quarter', date '2026-04-01', date '2026-07-01', '2026Q1', null), ('2025H1', 'half', date '2025-01-01', date '2025-07-01', null, null),
            ('2025H2', 'half', date '2025-07-01', date '2026-01-01', '2025H1', null), ('2026H1', 'half', date '2026-01-01', date '2026-07-01', '2025H2', '2025H1')
        ) as l(period, period_kind, period_start, period_end, previous, year_before)
    )
select
    strftime(period_start, '%Y-%m') as period,
    'month' as period_kind,
    period_start,
    (period_start + interval 1 month)::date as period_end,
    true as complete,
    lag(strftime(period_start, '%Y-%m')) over (order by period_start) as previous,
    lag(strftime(period_start, '%Y-%m'), 12) over (order by period_start) as year_before
from months
union all
select period, period_kind, period_start, period_end, true, previous, year_before from longer;

create table mart.figures as
with
    rates as (
        select * from (values
            ('on_time', 'share', 0.84, 0.0040, -0.10, 9), ('repair_on_time', 'share', 0.86, 0.0035, -0.10, 7), ('complaint_on_time', 'share', 0.74, 0.0060, -0.08, 2),
            ('response_on_time', 'share', 0.90, 0.0020, -0.05, 8), ('emergency_arrival', 'share', 0.90, 0.0010, -0.04, 1), ('rework', 'share', 0.045, 0.0020, 0.05, 7),
            ('common_rework', 'share', 0.03, 0.0010, 0.03, 2), ('household_rework', 'share', 0.05, 0.0020, 0.05, 5), ('callback_on_time', 'share', 0.80, -0.0030, -0.06, 6),
            ('satisfied', 'share', 0.83, -0.0010, -0.06, 4), ('complaints', 'count', 1.0, 0.0100, 0.30, 2), ('repairs', 'count', 1.0, 0.0050, 0.10, 8), ('fee_unreasonable', 'share', 0.05, 0.0, 0.02, 3), ('missed_orders', 'share', 0.03, 0.001, 0.02, 4)
        ) as r(metric, aggregate, rate, slope, weak, size)
    ),
    zones as (select unnest(['A', 'B', 'C', 'D']) as zone, unnest([0, 1, 2, 3]) as z),
    categories as (select unnest(['plumbing', 'electric', 'doors', 'lifts', 'noise']) as category, unnest([0, 1, 2, 3, 4]) as c),
    months as (select *, (row_number() over (order by period_start) - 1)::int as i from mart.periods where period_kind = 'month'),
    spans as (select m.period as month, p.period from months as m, mart.periods as p where m.period_start >= p.period_start and m.period_start < p.period_end and p.period_kind <> 'week'),
    cells as (
        select r.metric, r.aggregate, p.property, z.zone, c.category, m.period, m.i,
            r.size + (z.z * 5 + c.c * 3 + m.i * 7 + p.k * 2) % 6 - c.c as size,
            r.rate + r.slope * m.i + case when z.zone = 'D' then r.weak else 0 end + ((z.z * 31 + c.c * 17 + m.i * 13) % 11 - 5) / 150.0
            + case when m.i = 17 and r.metric in ('on_time', 'repair_on_time') then 0.05 when m.i = 17 and r.metric = 'callback_on_time' then -0.16 else 0 end as rate
        from rates as r, (values ('P01', 0), ('P02', 1)) as p(property, k), zones as z, categories as c, months as m
    ),
    counted as (
        select metric, aggregate, property, zone, category, period, case when aggregate = 'count' then greatest(0, round(size * rate)) else greatest(0, size) end as n,
            case when aggregate = 'count' then greatest(0, round(size * rate)) else least(greatest(0, size), greatest(0, round(size * rate + 0.2))) end as x
        from cells
    ),
    summed as (
        select metric, any_value(aggregate) as aggregate,
            case when grouping(property) = 1 then '*' else property end as property, case when grouping(zone) = 1 then '*' else zone end as zone,
            case when grouping(category) = 1 then '*' else category end as category, spans.period, sum(n)::double as n, sum(x)::double as x
        from counted join spans on spans.month = counted.period
        group by metric, spans.period, grouping sets ((), (category), (property), (property, category), (property, zone), (property, zone, category))
    ),
    further as (
        select 'complaints_per_100_households' as metric, 'per_100' as aggregate, property, zone, category, period,
            case when property = '*' then 6200.0 when zone = '*' then 3100.0 else 775.0 end as n, x
        from summed where metric = 'complaints'
        union all
        select 'open_tickets', 'count', property, zone, category, period, round(n / 3), round(n / 3) from summed where metric = 'repairs'
        union all
        select 'overdue', 'share', property, zone, category, period, round(n / 3), round(n / 11) from summed where metric = 'repairs'
        union all
        select 'satisfaction_mean', 'mean', property, zone, category, period, n, 3 * n + x * 1.4 from summed where metric = 'satisfied'
        union all
        select 'hours_to_complete_median', 'median', property, zone, category, period, n, null from summed where metric = 'on_time'
        union all
        select 'fees_charged', 'sum', property, zone, category, period, n, 86.5 * x from summed where metric = 'repairs'
        union all
        select 'tickets', 'count', property, zone, category, period, n, x from summed where metric = 'repairs'
        union all
        select 'inspection_score', 'score', property, zone, case category when 'plumbing' then 'security' when 'electric' then 'lighting' else category end, period, n, null from summed
        where metric = 'repairs' and category in ('*', 'plumbing', 'electric')
    ),
    valued as (
        select *, case aggregate when 'share' then x / nullif(n, 0) when 'per_100' then 100 * x / n when 'mean' then x / nullif(n, 0) when 'median' then 20 + (n::int * 7) % 30 when 'score' then 88 + (n::int * 3) % 10 else x end as value
        from (select * from summed union all select * from further)
    )
select
    v.metric, v.property, v.zone, v.category, v.period, m.period_kind, m.period_start, m.period_end, m.complete, v.x, v.n, v.value,
    case aggregate when 'share' then wilson_low(x, n, z95()) when 'per_100' then 100 * byar_low(x, z95()) / n when 'mean' then value - 0.2 when 'score' then value - 1.5 end as low,
    case aggregate when 'share' then wilson_high(x, n, z95()) when 'per_100' then 100 * byar_high(x, z95()) / n when 'mean' then value + 0.2 when 'score' then value + 1.5 end as high,
    0 as not_measurable, false as provisional
from valued as v
join mart.periods as m using (period)
where v.n > 0 or v.aggregate in ('count', 'per_100')
order by v.metric, v.property, v.zone, v.category, m.period_start;

create table mart.comparisons as
with
    targets as (
        select * from (values
            ('complaints_per_100_households', 0.5, 3.0), ('on_time', .98, .80), ('repair_on_time', .98, .80), ('complaint_on_time', .98, .80), ('response_on_time', .98, .80),
            ('emergency_arrival', .98, .85), ('rework', .02, .12), ('common_rework', .02, .12), ('household_rework', .02, .12), ('callback_on_time', .98, .70), ('satisfied', .95, .75),
            ('hours_to_complete_median', 8, 72), ('fee_unreasonable', .01, .10), ('missed_orders', 0, .05), ('inspection_score', 95, 75)
        ) as t(metric, target, floor)
    )
select
    f.metric, f.property, f.zone, f.category, f.period, f.value, b.value as previous, y.value as year_before, t.target::double as target, t.floor::double as floor,
    case when f.value is null or t.target is null then null when points(f.value, t.target, t.floor) >= 100 then 'green' when points(f.value, t.target, t.floor) <= 0 then 'red' else 'amber' end as light,
    case when t.target is not null then f.n < 20 or coalesce(t.target > f.low and t.target < f.high, false) or coalesce(t.floor > f.low and t.floor < f.high, false) end as unsure
from mart.figures as f
join mart.periods as p using (period)
left join targets as t using (metric)
left join mart.figures as b on b.metric = f.metric and b.property = f.property and b.zone = f.zone and b.category = f.category and b.period = p.previous
left join mart.figures as y on y.metric = f.metric and y.property = f.property and y.zone = f.zone and y.category = f.category and y.period = p.year_before
order by f.metric, f.property, f.zone, f.category, f.period_start;

create table mart.complaint_root_causes as
with
    shares as (select unnest(['slow', 'ageing', 'sloppy', 'attitude', 'neighbours', 'unidentified']) as root_cause, unnest([0.31, 0.22, 0.17, 0.11, 0.06, 0.13]) as share),
    counted as (
        select f.property, f.zone, f.period, s.root_cause, round(f.x * s.share)::bigint as complaints
        from mart.figures as f, shares as s
        where f.metric = 'complaints' and f.category = '*' and round(f.x * s.share) > 0
    ),
    placed as (
        select *, row_number() over (partition by property, zone, period order by root_cause = 'unidentified', complaints desc, root_cause) as position,
            (sum(complaints) over (partition by property, zone, period))::bigint as total
        from counted
    )
select property, zone, period, root_cause, complaints, complaints / total as share,
    (sum(complaints) over (partition by property, zone, period order by position))::bigint / total as cumulative_share,
    position, complaints // 4 as inferred, complaints // 5 as still_open, 18.5 + complaints * 2 as median_hours_to_close
from placed
order by property, zone, period, position;

create table mart.rework_jobs as
select 'P0' || (1 + i % 2) as property, printf('BX202604-%04d', 100 + i * 13) as ticket_id, chr((65 + i % 4)::int) as zone,
    ['plumbing', 'electric', 'doors', 'lifts'][1 + i % 4] as category, ['周國強', '何志明', '李海', '周國強、何志明'][1 + i % 4] as technician,
    timestamp '2026-05-02 09:20' + to_days((i * 2 % 27)::int) + to_minutes(i * 37) as completed_at,
    printf('BX202606-%04d', 30 + i * 7) as returned_ticket_id,
    timestamp '2026-05-06 10:05' + to_days((i * 2 % 27 + i % 5)::int) + to_minutes(i * 53) as returned_at,
    4 + i % 5 as days_between, ['link', 'place', 'place', 'decision'][1 + i % 4] as linked_by,
    date '2026-06-01' + (i * 2 % 27)::int as counted_on
from range(26) as r(i)
order by property, completed_at, ticket_id;

create table mart.open_tickets as
select 'P0' || (1 + i % 2) as property, printf('BX202606-%04d', 500 + i * 3) as ticket_id, case when i % 7 in (0, 5) then 'complaint' else 'repair' end as kind,
    chr((65 + (i // 3) % 4)::int) as zone, case when i % 3 = 0 then '北苑三棟大堂' else (1 + i % 9) || '-' || (1 + i % 3) || '-' || (101 + i * 100 % 1800) end as place,
    ['plumbing', 'electric', 'doors', 'lifts', 'noise'][1 + i % 5] as category, (i * 5 % 41)::bigint as age_days,
    case when i % 9 <> 8 then timestamp '2026-07-02 12:00' - to_hours(i * 11) end as deadline,
    case when i % 9 <> 8 and i * 11 > 36 then i * 11 - 36.0::double end as overdue_hours,
    ['王敏', '陳立', '林佳', 'unassigned'][1 + (i // 2) % 4] as owner, case when i % 7 in (0, 5) then ['slow', 'ageing', 'unidentified'][1 + i % 3] end as root_cause,
    ['registered', 'handled', 'followed_up', 'closed', 'called_back'][1 + i % 5] as stage,
    case when i = 7 then '=HYPERLINK("http://example.invalid","等配件")' when i % 3 = 1 then '等待配件到貨，供應商答應本週五送到，已向住戶說明' end as delay_reason
from range(38) as r(i)
order by property, overdue_hours desc nulls last, ticket_id;

create table mart.overdue_tickets as
select property, ticket_id, zone, category, kind, owner, deadline, overdue_hours, delay_reason from mart.open_tickets where overdue_hours is not null;

create table mart.daily_inventory as
select property, kind, owner, count(*)::bigint + 1 as opening, 2::bigint as registered, 3::bigint as completed, count(*)::bigint as closing, case when owner = '王敏' then 1 else 0 end::bigint as corrections
from mart.open_tickets
group by property, kind, owner
order by property, kind, closing desc, owner;

create table mart.ageing as
select property, kind, case when age_days <= 1 then '0-1' when age_days <= 3 then '2-3' when age_days <= 7 then '4-7' when age_days <= 30 then '8-30' else '>30' end as bucket, count(*)::bigint as tickets
from mart.open_tickets
group by all
order by all;

create table mart.callbacks_due as
select 'P0' || (1 + i % 2) as property, printf('BX202606-%04d', 10 + i * 9) as ticket_id, chr((65 + i % 4)::int) as zone, ['王敏', '陳立', 'unassigned'][1 + i % 3] as owner,
    timestamp '2026-06-02 16:40' + to_days((i % 26)::int) as completed_at, date '2026-06-03' + (i % 26)::int as due_on,
    case when i % 3 <> 0 then timestamp '2026-06-05 10:12' + to_days((i % 26)::int) end as attempted_at, case when i % 3 = 0 then 'overdue' else 'late' end as state
from range(24) as r(i)
order by property, due_on, ticket_id;

create table mart.callback_problems as
select 'P01' as property, 'HF' || (3000 + i) as callback_id, ['not_resolved', 'fee', 'dissatisfied', 'issue'][1 + i % 4] as problem, printf('BX202606-%04d', 40 + i * 5) as ticket_id, chr((65 + i % 4)::int) as zone,
    ['王敏', '陳立'][1 + i % 2] as owner, timestamp '2026-06-04 15:30' + to_days(i::int * 2) as called_at,
    ['水龍頭仍滴水，住戶要求換新', '更換閥芯收費未事先說明', '維修後地面未清理', '下水仍慢，需要疏通主管'][1 + i % 4] as issue
from range(9) as r(i)
order by property, called_at, callback_id, problem;

create table mart.zone_indicators as
select f.property, f.zone, f.period, f.metric, f.x, f.n, f.value as raw, f.low, f.high, 0.7 * f.value + 0.3 * w.value as shrunk, points(0.7 * f.value + 0.3 * w.value, c.target, c.floor) as points,
    case f.metric when 'on_time' then 20 when 'callback_on_time' then 10 else 15 end::double as weight,
    case when f.zone = 'D' and f.metric in ('on_time', 'rework') then 'worse' when f.zone = 'A' and f.metric = 'on_time' then 'better' else 'as expected' end as standing
from mart.figures as f
join mart.figures as w on w.metric = f.metric and w.property = f.property and w.zone = '*' and w.category = '*' and w.period = f.period
join mart.comparisons as c on c.metric = f.metric and c.property = f.property and c.zone = f.zone and c.category = '*' and c.period = f.period
where f.metric in ('complaints_per_100_households', 'on_time', 'rework', 'callback_on_time', 'satisfied') and f.property <> '*' and f.zone <> '*' and f.category = '*'
order by f.property, f.period, f.zone, f.metric;

create table mart.zone_ranking as
with
    scores as (select property, zone, period, sum(weight * points) / sum(weight) as score from mart.zone_indicators group by all),
    ranks as (select *, rank() over (partition by property, period order by score desc) as rank from scores)
select property, zone, period, score, rank, greatest(1, rank - 1) as rank_low, least(4, rank + 1) as rank_high,
    lag(rank) over (partition by property, zone order by period) - rank as movement, false as too_few
from ranks
union all
select property, 'unassigned', period, 48.2, null, null, null, null, true from (select distinct property, period from ranks)
order by property, period, rank nulls last, zone;

create table mart.data_quality as
with
    files as (select unnest(['tickets', 'callbacks', 'tickets', 'inspections']) as source, unnest([date '2026-06-28', date '2026-06-28', date '2026-06-30', date '2026-06-30']) as file_date,
        unnest(['報事明細_2026-06-28.csv', '回訪記錄_20260628.xlsx', '报修明细_20260601-20260630.csv', '巡查表_2026-06.xlsx']) as file, unnest([412, 96, 388, 140]) as rows),
    issues as (select * from (values ('read', 1.0), ('loaded', 0.9), ('rejected', 0.0), ('duplicate', 0.1)) as i(issue, share))
select source, file_date, md5(file) as digest, file, issue, case when issue = 'rejected' then 0 when issue = 'duplicate' then rows - round(rows * 0.9) - 0 when issue = 'loaded' then round(rows * 0.9) else rows end::bigint as rows
from files, issues
union all
select 'tickets', date '2026-06-28', md5('報事明細_2026-06-28.csv'), '報事明細_2026-06-28.csv', 'not_measurable', 7
union all
select 'callbacks', date '2026-06-28', md5('回訪記錄_20260628.xlsx'), '回訪記錄_20260628.xlsx', 'orphan', 2
order by all;


insert into mart.metrics values ('tickets', 'tickets', 'count', 'count', 'none', 19), ('fee_unreasonable', 'fee_unreasonable', 'share', 'percent', 'lower', 20),
    ('inspection_score', 'inspection_score', 'ratio', 'points', 'higher', 21), ('missed_orders', 'missed_orders', 'share', 'percent', 'lower', 22);

create table mart.zones as
select property, zone from (values ('P01'), ('P02')) as p(property), (values ('A'), ('B'), ('C'), ('D'), ('unassigned')) as z(zone) order by all;

create table mart.complaint_warnings as
select * from (values
    ('P01', '*', 'noise', '2026-06', 14, 12, 4.2, 0.0001, 0.0008, 8, 'red', true, 'neighbours'), ('P01', 'B', 'noise', '2026-06', 9, 8, 1.6, 0.0002, 0.004, 4, 'red', true, 'neighbours'),
    ('P01', 'D', 'plumbing', '2026-06', 4, 3, 0.9, 0.008, 0.041, 3, 'amber', false, 'slow'), ('P01', 'A', 'lifts', '2026-05', 2, 2, 0.8, 0.19, 0.6, 3, null, true, 'ageing'),
    ('P02', 'C', 'doors', '2026-06', 3, 1, 1.1, 0.09, 0.4, 3, null, false, 'sloppy')
) as w(property, zone, category, period, x, places, mean, tail, q, usual_to, level, shift, top_root_cause);

create table mart.charges as
select 'P0' || (1 + i % 2) as property, printf('BX202606-%04d', 300 + i * 5) as ticket_id, chr((65 + i % 4)::int) as zone, ['plumbing', 'electric', 'doors'][1 + i % 3] as category,
    timestamp '2026-06-02 11:10' + to_days((i % 27)::int) as completed_at, (40 + i * 5)::decimal(14, 2) as fee_quoted, (40 + i * 5 + case when i % 5 = 0 then 30 when i % 7 = 0 then -5 else 0 end)::decimal(14, 2) as fee_charged,
    case when i % 5 = 0 then 30 when i % 7 = 0 then -5 else 0 end::decimal(14, 2) as fee_gap, case when i % 6 = 5 then 'no' when i % 4 <> 3 then 'yes' end as fee_reasonable
from range(18) as r(i)
order by property, completed_at, ticket_id;

create table mart.touchpoints as
select property, '2026-06' as period, domain, touchpoint, inspections, score, findings, case when inspections >= 3 then row_number() over (partition by property, inspections >= 3 order by score desc, touchpoint) end as position
from (values
    ('P01', 'security', '南門崗亭', 13, 95.7, 1), ('P01', 'security', '北門崗亭', 13, 97.2, 0), ('P01', 'facility', '水泵房', 5, 97.0, 0), ('P01', 'lighting', '環湖步道路燈', 9, 98.8, 0),
    ('P01', 'lighting', '北側樓道照明（十一棟至十三棟單元門廳及地下二層電動車停放處）', 4, 90.0, 2), ('P01', 'cleaning', '垃圾分類站', 13, 91.9, 3), ('P01', 'traffic', '消防通道', 13, 91.9, 2),
    ('P01', 'traffic', '訪客停車區', 9, 89.0, 2), ('P01', 'greening', '中心花園', 2, 80.0, 1), ('P02', 'security', '東門', 8, 96.0, 0)
) as t(property, domain, touchpoint, inspections, score, findings)
order by property, position nulls last, domain, touchpoint;

create table mart.traffic_locations as
select property, period, touchpoint as location, findings as violations from mart.touchpoints where domain = 'traffic' order by property, violations desc, location;

create table mart.missed_orders as
select 'P01' as property, 'DJ' || (100 + i) as register_id, chr((65 + i % 4)::int) as zone, ['前台', '監控中心'][1 + i % 2] as desk, timestamp '2026-06-03 08:20' + to_days(i::int * 6) as entered_at, (1 + i) || '棟-0' || i as place,
    ['電梯按鈕失靈', '樓上漏水', '外圍施工噪音，夜間仍有切割聲，多戶來電', '道閘不開'][1 + i % 4] as summary
from range(4) as r(i)
order by property, entered_at;

create table int.register_verdicts as
select property, register_id, entered_at::date + 1 as counted_on from mart.missed_orders;

create table int.tickets as
select property, ticket_id, 'repair' as kind, zone, category, ['王敏', '陳立', 'unassigned'][1 + row_number() over (order by ticket_id) % 3] as owner, completed_at - interval 1 day as registered_at from mart.charges;

create table mart.loop_gaps as
select property, ticket_id, 'closed' as missing_stage, zone, 'called_back' as later_stage from mart.charges where fee_gap = 0 order by property, ticket_id;

create table mart.altered_tickets as
select property, ticket_id, what, was, now, '報事明細_2026-06-28.csv' as seen_in, date '2026-06-28' as seen_on, '王敏' as owner
from (values ('P01', 'BX202606-0300', 'voided', 'in progress', 'void'), ('P01', 'BX202606-0310', 'category changed', 'plumbing', 'electric'), ('P01', 'BX202606-0320', 'merged', null, 'BX202606-0001')) as a(property, ticket_id, what, was, now);

create table mart.technician_appraisal as
select * from (values
    ('P01', '周國強', '2026-06', 33, 52.5::double, 31, 33, 2, 37, 18, 26, 0, 0.5, 63.5, 1, 1, 2, false), ('P01', '何志明', '2026-06', 27, 46.5, 22, 26, 1, 27, 16, 21, 1, 0.7, 61.6, 2, 1, 2, false),
    ('P01', '李海', '2026-06', 9, 13.5, 8, 12, 1, 18, 0, 0, 0, 0.4, 44.6, null, null, null, true)
) as t(property, technician, period, completed, workload, on_time_x, on_time_n, rework_x, rework_n, satisfied_x, satisfied_n, fee_complaints, median_hours_to_respond, score, rank, rank_low, rank_high, too_few);

create table mart.demand as
select property, zone, period, weekday, hour, tickets, tickets / 4.0::double as per_week, row_number() over (partition by property, zone, period order by tickets desc, weekday, hour) <= 34 as peak, case when zone = '*' then 3 else 0 end as day_precision
from (
    select 'P0' || k as property, z.zone, '2026-06' as period, d as weekday, h as hour, (1 + (d * 7 + h * 3 + k) % 5 + case when h between 8 and 10 then 4 else 0 end)::bigint as tickets
    from range(1, 3) as p(k), (values ('*'), ('A')) as z(zone), range(1, 8) as w(d), range(7, 22) as r(h)
);

create table mart.channels as
select * from (values ('*', '2026-06', '電話', 60, 0.6), ('*', '2026-06', 'unknown', 40, 0.4), ('P01', '2026-06', '電話', 30, 0.6), ('P01', '2026-06', '微信小程序', 20, 0.4), ('P01', '2026-05', '電話', 25, 0.5)) as c(property, period, channel, tickets, share);

create table mart.scorecard_lines as
select * from (values ('TQ', '智能化', 1, null, 11), ('TQ', '規範化', 2, 'inspection_score', 21), ('FQ', '效率', 3, 'on_time', 31), ('FQ', '效率', 3, 'satisfied', 32), ('IQ', '開放', 4, 'missed_orders', 41)) as l(quality, heading, heading_no, metric, position);

create table mart.scorecard as
select p.property, m.period, s.* replace (s.points + case when m.period = '2026-05' then 4 else 0 end as points)
from (values ('*'), ('P01')) as p(property), (values ('2026-05'), ('2026-06')) as m(period), (values
    ('TQ', '*', '*', null, null, null, 98.9), ('TQ', '智能化', '*', null, null, null, null), ('TQ', '規範化', '*', null, null, null, 98.9), ('TQ', '規範化', 'inspection_score', 94.8, 95.0, 75.0, 98.9),
    ('FQ', '*', '*', null, null, null, 46.3), ('FQ', '效率', '*', null, null, null, 46.3), ('FQ', '效率', 'on_time', 0.852, 0.98, 0.8, 28.9), ('FQ', '效率', 'satisfied', 0.878, 0.95, 0.75, 63.8),
    ('IQ', '*', '*', null, null, null, 0.0), ('IQ', '開放', '*', null, null, null, 0.0), ('IQ', '開放', 'missed_orders', 0.0625, 0.0, 0.05, 0.0)
) as s(quality, heading, metric, value, target, floor, points);

create table int.evidences as
select * from (values (3, 'military_training 1/week', null, '*', 'military_training', 1, 'week'), (9, '', null, '*', null, null, null), (14, 'inspection_score[lighting]', 'inspection_score', 'lighting', null, null, null), (15, 'on_time', 'on_time', '*', null, null, null)
) as e(measure, evidence, metric, category, activity_type, times, per);

create table mart.measures as
select 'P01' as property, '2026-06' as period, * from (values
    (15, 'on_time', 0.98, 0.852, date '2026-06-30', 'behind', 'behind'), (3, 'military_training 1/week', 4.0, 4.0, date '2026-06-27', 'on track', 'on track'),
    (14, 'inspection_score[lighting]', 95.0, 96.1, date '2026-06-29', 'on track', 'on track'), (9, '', null, null, null, 'not measurable', 'not measurable')
) as m(measure, evidence, expected, found, last_on, state, measure_state);

insert into mart.names values ('measure', '*', '3', '每周末下午安全軍事訓練', '每周末下午安全军事训练', 'Drill parade every weekend'), ('measure', '*', '9', '編制崗位操作指引', '编制岗位操作指引', 'Simple post handbooks'),
    ('measure', '*', '14', '夜間巡查與照明完好', '夜间巡查与照明完好', 'Night rounds and lighting intact'), ('measure', '*', '15', '公共設施維護時限表', '公共设施维护时限表', 'Time limits for public facilities'),
    ('activity_type', '*', 'military_training', '軍事訓練', '军事训练', 'Drill parade');

create table mart.properties as select * from (values ('P01', date '2025-01-01'), ('P02', date '2025-01-01')) as p(property, first_on);

create table mart.year_to_date as
select f.metric, f.property, f.zone, p.period, sum(f.n) as n, case when m.aggregate in ('count', 'sum') then sum(f.x) when m.aggregate in ('share', 'mean') then sum(f.x) / nullif(sum(f.n), 0) else avg(f.value) end as value
from mart.figures as f
join mart.metrics as m using (metric)
join mart.periods as p on p.period_kind = 'month' and f.period_kind = 'month' and year(f.period_start) = year(p.period_start) and f.period_start <= p.period_start
where f.category = '*'
group by f.metric, f.property, f.zone, p.period, m.aggregate
order by all;

create table ref.targets as
select metric, null::date as valid_from, target, floor, true as is_default, 0 as row_no from (select distinct metric, target, floor from mart.comparisons where target is not null)
union all
select 'on_time', date '2026-07-01', 0.99, 0.85, false, 1;

create table mart.promises as
select * from (values
    ('P01', 'BX202606-0506', date '2026-06-24', 'slow', '聯繫廠家，約定上門日期並告知住戶', '王敏', null::timestamp, 'broken'), ('P01', 'BX202606-0512', date '2026-06-26', 'ageing', '更換整套配件', '陳立', timestamp '2026-06-25 16:20', 'kept'),
    ('P01', 'BX202606-0530', date '2026-07-03', 'ageing', '外委單位加開夜班', '陳立', null, 'promised'), ('P02', 'BX202606-0509', date '2026-06-25', null, null, '林佳', null, 'broken')
) as p(property, ticket_id, promised_on, root_cause, solution, responsible_person, completed_at, state);

create table mart.works as
select * from (values
    ('P01', 'GC1', '地下車庫照明改造', 'A', '地下車庫A至D區', 'done', date '2026-04-07', date '2026-05-25', date '2026-05-22', '改為感應式'), ('P01', 'GC2', '北苑天台防水翻新', 'D', '11至13棟天台', 'in progress', date '2026-04-20', date '2026-06-12', null, '仍在施工'),
    ('P01', 'GC3', '高區電梯鋼絲繩更換', 'B', '5、6棟', 'done', date '2026-01-06', date '2026-01-30', date '2026-02-11', '延後完成'), ('P01', 'GC4', '二號門道閘更新', 'C', '二號門', 'in progress', date '2026-06-08', date '2026-08-28', null, '施工中')
) as w(property, work_id, title, zone, location, state, planned_from, planned_to, done_on, public_text);

create table mart.topics as
select * from (values
    ('P01', 'RD1', '南側工地夜間施工噪音', 'in progress', date '2026-05-20', date '2026-06-28', '已請主管部門到場檢測，並要求每日二十二時後停工。'), ('P01', 'RD2', '電動車充電棚選址', 'closed', date '2025-03-01', date '2025-05-01', '已啟用'),
    ('P02', 'RD3', '門禁系統升級', 'open', date '2026-06-01', null, null)
) as t(property, topic_id, title, state, opened_on, updated_on, public_text);

create table mart.restatements as
select * from (values
    ('rework', 'P01', '*', '*', '2026-05', 0.048, date '2026-06-03', 0.051, '+BX202604-0100, ~BX202604-0126', 1, 0, 1), ('on_time', 'P01', 'A', '*', '2026-05', 0.91, date '2026-06-03', 0.90, '+BX202605-0301', 1, 0, 0),
    ('complaints', '*', '*', '*', '2026-05', 41.0, date '2026-06-03', 42.0, '+P01/BX202605-0317', 1, 0, 0)
) as r(metric, property, zone, category, period, was, published_on, now, because, came, went, changed);

create table int.held_activities as
select * from (values
    ('P01', 'HD1', 'sharing', date '2026-05-05', null, 14, '止漏小竅門：先關分戶閥，擦乾後用防水膠帶打底，再上管卡'), ('P01', 'HD2', 'skills_training', date '2026-04-21', 'A', 17, '漏電保護器檢修'), ('P01', 'HD3', 'contest', date '2026-04-22', null, 9, '標兵評選')
) as a(property, activity_id, activity_type, held_on, zone, participants, note);

create table int.callback_attempts as
select c.property, c.callback_id, c.ticket_id, c.called_at, false as called_at_day, ['許佩珊', '羅曉雯', null][1 + row_number() over (order by c.callback_id) % 3] as caller,
    c.problem <> 'fee' as is_reached, (2 + row_number() over (order by c.callback_id) % 4)::int as score, c.zone, c.owner
from mart.callback_problems as c
union all
select 'P01', 'HF4000', 'BX202606-0040', timestamp '2026-06-04 15:30:30', false, '許佩珊', true, 5, 'A', '王敏'
union all
select 'P01', 'HF4001', 'BX202606-0041', timestamp '2026-06-04 15:31', false, '許佩珊', true, 5, 'B', '王敏';

-- What R11 reads, which is no workbook of a template.
create table mart.returned_rows(property varchar, is_whole boolean, kind varchar, source varchar, header varchar, refused_file_no bigint, file_no bigint, src_row bigint);

create table mart.freshness as
select * from (values ('inspections', timestamp '2026-06-20 17:40:00', 246.3, 96.0, true), ('tickets', timestamp '2026-06-30 22:10:00', 1.8, 96.0, false), ('works', timestamp '2026-03-02 00:00:00', 2880.0, null, false)) as f(source, newest_event, hours_old, fresh_within, stale);
