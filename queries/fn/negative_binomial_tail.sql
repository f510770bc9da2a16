-- What: Probability that a negative binomial count of this mean and variance is x or more.
-- Args: x, mean, variance
-- Spec: §8. Above the mean the far side is summed, as far as anything is left of it: one less the near side would lose the small tails that matter
case
    when x <= 0 then 1.0
    when x <= mean then 1 - list_sum(list_transform(range(0, x), lambda k: negative_binomial_pmf(k, mean, variance)))
    else list_sum(list_transform(
        range(x, x + 50 + ceil(40 * variance / mean + 20 * sqrt(variance))::bigint),
        lambda k: negative_binomial_pmf(k, mean, variance)
    ))
end
