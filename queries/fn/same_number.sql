-- What: Whether two doubles are the same to what a double can hold, or both empty.
-- Args: a, b
-- Spec: §14 restatements
case when a is null or b is null then a is null and b is null else abs(a - b) <= 1e-9 * greatest(1, abs(a), abs(b)) end
