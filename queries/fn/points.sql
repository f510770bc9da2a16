-- What: Points of a value between its floor (0) and its target (100).
-- Args: v, target, floor
-- Spec: §7
least(100.0, greatest(0.0, 100.0 * (v - floor) / (target - floor)))
