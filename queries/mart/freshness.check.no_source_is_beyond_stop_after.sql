-- What: Sources whose newest event is older than stop_after allows, or that have none at all.
-- Stop: yes
select f.source, f.newest_event, f.hours_old, s.stop_after_hours
from mart.freshness as f
join ref.sources as s using (source)
where s.stop_after_hours is not null and coalesce(f.hours_old > s.stop_after_hours, true)
