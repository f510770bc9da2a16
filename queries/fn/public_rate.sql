-- What: A rate of x in n as the notice board shows it, in whole per cent; null where a word stands in its place.
-- Args: x, n
-- Spec: §13 public figures
case when n > 0 and public_reading(x, n) is null then round(x / n, 2) end
