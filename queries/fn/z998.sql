-- What: Standard errors of a 99.8 % interval, the limits of a funnel plot.
-- Args:
-- Spec: §7
3.090232306167813::double
