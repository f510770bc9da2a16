-- What: Whether a count is too small for the notice board: not 0, but below the least that may be shown.
-- Args: n
-- Spec: §13 public figures
coalesce(n between 1 and getvariable('public_min_count') - 1, false)
