-- What: The date of a deadline: of its last instant where it is a due date, else of its own.
-- Args: deadline, is_due
-- Spec: §1 settling
case when is_due then last_date(deadline) else deadline::date end
