-- What: The date of the last instant before a half-open end: an end at 00:00 counts for the day before.
-- Args: ending
-- Spec: §1
(ending - interval 1 microsecond)::date
