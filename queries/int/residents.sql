-- What:  Names of residents, as they stand in tickets: what a notice must never hold.
-- Grain: one row per property and name
-- Key:   property, name
-- Spec:  §13 public figures
with

-- Several people in one cell; what stands in brackets says who they are.
split as (
    select property, unnest(regexp_split_to_array(reporter_name, '[、,，;；/()（）]')) as name
    from stg.tickets
    where reporter_name is not null
),

trimmed as (
    select property, trim(name, ' 　') as name
    from split
),

-- 王小明先生 is 王小明, too.
addressed as (
    select property, name from trimmed
    union
    select property, trim(regexp_replace(name, '(先生|女士|小姐|太太|阿姨|老師|老师)$', ''), ' 　') from trimmed
    union
    select property, trim(regexp_replace(name, '^(?i:mr|mrs|ms|miss|dr)\.? ', '')) from trimmed
),

-- Words that an office writes where it knows no name.
final as (
    select property, name
    from addressed
    where
        len(name) >= 2
        and name not in (
            '業主', '业主', '住戶', '住户', '租戶', '租户', '居民', '客戶', '客户', '訪客', '访客', '匿名', '本人', '家屬', '家属', '先生', '女士', '小姐', '太太',
            '物業', '物业', '前臺', '前台', '客服', '保安', '管家', '巡查', '保潔', '保洁', '員工', '员工', '監控', '监控', '不詳', '不详', '未知', '無名', '无名'
        )
)

select * from final
