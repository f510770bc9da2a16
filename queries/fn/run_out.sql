-- What: Whether a deadline has run out at an instant; a due date has when its last second is past.
-- Args: deadline, is_due, instant
-- Spec: §3
case when is_due then deadline <= instant else deadline < instant end
