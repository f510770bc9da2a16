-- What: Points of a value between its floor (0) and its target (100); none without one of the three (least and greatest would skip it).
-- Args: v, target, floor
-- Spec: §7
case when v is not null and target is not null and floor is not null then least(100.0, greatest(0.0, 100.0 * (v - floor) / (target - floor))) end
