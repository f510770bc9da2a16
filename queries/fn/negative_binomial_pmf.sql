-- What: Probability that a negative binomial count of this mean and variance (greater than the mean) is exactly k.
-- Args: k, mean, variance
-- Spec: §8: r = mean²/(variance - mean), p = r/(r + mean) = mean/variance
exp(
    lgamma(k + mean * mean / (variance - mean)) - lgamma(k + 1.0) - lgamma(mean * mean / (variance - mean))
    + mean * mean / (variance - mean) * ln(mean / variance) + k * ln(1 - mean / variance)
)
