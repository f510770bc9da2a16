-- What: Standard errors of a 95 % interval.
-- Args:
-- Spec: §0 intervals
1.959963984540054::double
