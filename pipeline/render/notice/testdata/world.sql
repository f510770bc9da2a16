create schema public;
create table public.names (kind varchar, property varchar, code varchar, zh_hant varchar, zh_hans varchar, en varchar);
insert into public.names values
    ('zone', 'P01', 'Z1', '湖濱片區', '湖滨片区', 'Lakeside'),
    ('zone', 'P01', 'Z2', '花園片區', '花园片区', 'Garden'),
    ('zone', 'P01', 'Z3', '會所片區', '会所片区', 'Clubhouse'),
    ('category', '*', 'water', '給排水', '给排水', 'Water'),
    ('category', '*', 'power', '電氣', '电气', 'Power'),
    ('activity_type', '*', 'patrol', '集中巡查', '集中巡查', 'Joint inspection'),
    ('activity_type', '*', 'drill', '演習', '演习', 'Drill'),
    ('root_cause', '*', 'slow', '響應遲緩', '响应迟缓', 'Slow response'),
    ('root_cause', '*', 'worn', '設備老化', '设备老化', 'Worn equipment'),
    ('root_cause', '*', 'poor', '維修不到位', '维修不到位', 'Repair not thorough'),
    ('root_cause', '*', 'attitude', '服務態度', '服务态度', 'Attitude');

create table public.half_year_headline as
select 'P01' as property, '2026H1' as period, 1208 as repairs, 43 as complaints, 5 as min_count, 'both' as volume_case,
    0.83 as repair_on_time, 'more' as on_time_case, 0.08 as rework, 'more' as rework_case, 30 as window_days,
    40 as complaints_before, 'same' as complaints_case, 'minutes' as respond_case, 35 as respond_within, 'hours' as complete_case, 24 as complete_within;

create table public.half_year_figures (
    property varchar, period varchar, metric varchar, value double, reading varchar, before double, before_reading varchar, year_before double, year_before_reading varchar,
    target double, change varchar, window_days integer, target_case varchar, next_target double
);
insert into public.half_year_figures values
    ('P01', '2026H1', 'repair_on_time', 0.83, null, 0.77, null, 0.71, null, 0.98, 'better', 30, 'missed', 0.98),
    ('P01', '2026H1', 'complaint_on_time', 0.81, null, 0.80, null, 0.78, null, 0.98, 'same', 30, 'missed', 0.98),
    ('P01', '2026H1', 'emergency_arrival', null, 'almost_all', 0.91, null, 0.93, null, 0.98, 'none', 30, 'missed', 0.98),
    ('P01', '2026H1', 'rework', 0.08, null, 0.05, null, 0.04, null, 0.02, 'worse', 30, 'missed', 0.02),
    ('P01', '2026H1', 'satisfied', 0.79, null, 0.80, null, 0.81, null, 0.95, 'same', 30, 'missed', 0.95),
    ('P01', '2026H1', 'callback_on_time', 0.88, null, 0.81, null, 0.85, null, 0.98, 'better', 30, 'missed', 0.98),
    ('P01', '2026H1', 'fee_unreasonable', null, 'too_few', null, null, null, null, 0.01, 'none', 30, 'missed', 0.01),
    ('P01', '2026H1', 'lighting_intact', 0.96, null, null, null, null, null, 0.98, 'none', 30, 'missed', 0.98);

create table public.complaint_causes (
    property varchar, period varchar, root_cause varchar, complaints integer, complaints_before integer, complaints_reading varchar
);
insert into public.complaint_causes values
    ('P01', '2026H1', 'slow', 13, 16, null), ('P01', '2026H1', 'worn', 10, 9, null), ('P01', '2026H1', 'poor', 7, 8, null),
    ('P01', '2026H1', 'attitude', 5, 6, null), ('P01', '2026H1', 'other', 8, 11, null);

create table public.rate_trends (property varchar, period varchar, metric varchar, span varchar, label varchar, value double, target double);
insert into public.rate_trends values
    ('P01', '2026H1', 'repair_on_time', 'month', '2026-01', 0.78, 0.98), ('P01', '2026H1', 'repair_on_time', 'month', '2026-02', 0.74, 0.98),
    ('P01', '2026H1', 'repair_on_time', 'month', '2026-03', 0.82, 0.98), ('P01', '2026H1', 'repair_on_time', 'month', '2026-04', 0.85, 0.98),
    ('P01', '2026H1', 'repair_on_time', 'month', '2026-05', 0.84, 0.98), ('P01', '2026H1', 'repair_on_time', 'month', '2026-06', 0.88, 0.98),
    ('P01', '2026H1', 'rework', 'quarter', '2026Q1', 0.05, 0.02), ('P01', '2026H1', 'rework', 'quarter', '2026Q2', 0.08, 0.02);

create table public.repair_categories (property varchar, period varchar, category varchar, repairs integer, repairs_reading varchar);
insert into public.repair_categories values ('P01', '2026H1', 'water', 700, null), ('P01', '2026H1', 'power', 408, null), ('P01', '2026H1', 'other', 100, null);

create table public.activities (property varchar, period varchar, activity_type varchar, held integer);
insert into public.activities values ('P01', '2026H1', 'patrol', 26), ('P01', '2026H1', 'drill', 2);

create table public.restated_rates (property varchar, period varchar, metric varchar, was double, now double, window_days integer);
insert into public.restated_rates values ('P01', '2026H1', 'satisfied', 0.81, 0.80, 30), ('P01', '2026H1', 'rework', 0.04, 0.05, 30);

create table public.zones (
    property varchar, period varchar, zone varchar, complaints integer, complaints_reading varchar,
    repair_on_time double, repair_on_time_reading varchar, rework double, rework_reading varchar, satisfied double, satisfied_reading varchar
);
insert into public.zones values
    ('P01', '2026H1', 'Z1', 14, null, 0.86, null, 0.06, null, 0.82, null),
    ('P01', '2026H1', 'Z2', 12, null, 0.84, null, 0.07, null, 0.80, null),
    ('P01', '2026H1', 'Z3', 9, null, 0.81, null, null, 'almost_none', 0.77, null),
    ('P01', '2026H1', 'other', 8, null, 0.80, null, 0.11, null, 0.75, null);

create table public.shortfalls (
    property varchar, period varchar, metric varchar, shortfall varchar, remedy varchar, value double, before double, target double, window_days integer
);
insert into public.shortfalls values ('P01', '2026H1', 'rework', 'rework.declined', 'rework', 0.08, 0.05, 0.02, 30);

create table public.works (
    property varchar, period varchar, title varchar, state varchar, work_case varchar, planned_from date, planned_to date, done_on date,
    location varchar, place_case varchar, public_text varchar
);
insert into public.works
select 'P01' as property, period, unnest(works, recursive := true)
from (select unnest(['2026H1', '2026-06']) as period)
cross join (
    select [
        {title: '兒童遊樂區地墊更換', state: 'done', work_case: 'done', planned_from: date '2026-03-01', planned_to: date '2026-03-20', done_on: date '2026-03-14',
            location: '中心花園', place_case: 'placed', public_text: '更換磨損的橡膠地墊120平方米，同時加高護欄。'},
        {title: '地下車庫照明改造', state: 'done', work_case: 'done', planned_from: date '2026-04-01', planned_to: date '2026-05-31', done_on: date '2026-05-20',
            location: '地下車庫B1、B2', place_case: 'placed', public_text: null},
        {title: '二號門道閘更新', state: 'in_progress', work_case: 'in_progress', planned_from: date '2026-06-01', planned_to: date '2026-08-31', done_on: null,
            location: '二號門', place_case: 'placed', public_text: '更新期間由人工放行，請減速慢行，注意現場指引。'},
        {title: '7棟電梯曳引機大修', state: 'in_progress', work_case: 'in_progress_late', planned_from: date '2026-04-10', planned_to: date '2026-06-10', done_on: null,
            location: '7棟', place_case: 'placed', public_text: '配件到貨延誤，預計7月中旬恢復運行；期間可使用另一部電梯。'}
    ] as works
);

create table public.works_headline as
select 'P01' as property, '2026-06' as period, 2 as done, 'some' as done_case, 2 as in_progress, 'some' as in_progress_case, 1 as late, 'some' as late_case, 0 as planned, null::varchar as planned_case;

create table public.half_year_topics (property varchar, period varchar, title varchar, state varchar, public_text varchar);
insert into public.half_year_topics values
    ('P01', '2026H1', '外圍市政道路夜間施工', 'in_progress', '已向主管部門反映，6月18日起改為22時前停工。'),
    ('P01', '2026H1', '二期電動自行車充電樁', 'open', '選址徵詢意見已結束，共收到210戶意見；方案8月公示。');

create table public.topics (property varchar, title varchar, state varchar, opened_on date, updated_on date, dates_case varchar, public_text varchar);
insert into public.topics values
    ('P01', '外圍市政道路夜間施工', 'in_progress', '2026-05-30', '2026-06-18', 'opened_and_updated',
        '已向主管部門反映，6月18日起改為22時前停工。若仍有夜間施工，請撥打投訴電話，我們會在當晚聯絡施工單位核實，並把情況轉交主管部門。'),
    ('P01', '二期電動自行車充電樁', 'open', '2026-04-02', '2026-06-25', 'opened_and_updated', '選址徵詢意見已結束，共收到210戶意見；方案8月公示。'),
    ('P01', '中心花園廣場舞音量', 'closed', '2026-03-11', '2026-06-08', 'opened_and_updated', '與活動團隊約定晚上8時半前結束、音量不超過60分貝，已連續四週執行。');
