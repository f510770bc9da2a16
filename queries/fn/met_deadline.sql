-- What: Whether something was done by its deadline; null where the precision of the stamps can't tell.
-- Args: done, done_day, deadline, is_due, short
-- Spec: §3, the table of verdicts; a deadline that is a due date is its end, the next day's 00:00
case
    when done is null then false
    when is_due then case when done >= deadline then false when short then null else true end
    when done_day then case when done::date < deadline::date then true when done::date > deadline::date then false when short then null else true end
    else done <= deadline
end
