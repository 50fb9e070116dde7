"""How often the bootstraps that one could take for a mean CER pass a model that stands exactly at the limit,
where every PASS is a mistake (the first table of docs/verdicts.md).

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python tools/reference/statistics/compare_bootstraps.py
"""

import numpy as np
from scipy.stats import norm

LIMIT, CONFIDENCE, SAMPLES, DRAWS = 0.01, 0.95, 1200, 400
rng = np.random.default_rng(1)


def log_normal(sigma):
    return lambda n: rng.lognormal(np.log(LIMIT) - sigma * sigma / 2, sigma, n)


def rarely_bad(share, worst):
    usual = (LIMIT - share * worst) / (1 - share)
    return lambda n: np.where(rng.random(n) < share, worst, rng.gamma(1, 1, n) * usual)


MODELS = {
    "log-normal, sigma 1": log_normal(1),
    "log-normal, sigma 1.5": log_normal(1.5),
    "2 in 100 documents at CER 0.3": rarely_bad(0.02, 0.3),
    "1 in 100 documents at CER 0.8": rarely_bad(0.01, 0.8),
}


def upper_bounds(x):
    n, mean, spread = len(x), x.mean(), x.std(ddof=1)
    drawn = x[rng.integers(0, n, (DRAWS, n))]
    means = drawn.mean(1)
    below = (means < mean).mean() + 0.5 * (means == mean).mean()
    bias = norm.ppf(np.clip(below, 1e-3, 1 - 1e-3))
    left_out = (mean * n - x) / (n - 1)
    skew = left_out.mean() - left_out
    acceleration = (skew**3).sum() / (6 * (skew**2).sum() ** 1.5 + 1e-300)
    z = norm.ppf(CONFIDENCE)
    level = norm.cdf(bias + (bias + z) / (1 - acceleration * (bias + z)))
    deviations = np.maximum(drawn.std(1, ddof=1), 1e-12) / np.sqrt(n)
    weights = rng.exponential(1, (DRAWS, n + 1))
    weights /= weights.sum(1, keepdims=True)
    unseen = max(x.max(), 0.2)
    return {
        "percentile": np.quantile(means, CONFIDENCE),
        "BCa": np.quantile(means, min(max(level, 0), 1)),
        "studentised": mean
        - np.quantile((means - mean) / deviations, 1 - CONFIDENCE) * spread / np.sqrt(n),
        "one unseen": np.quantile(weights[:, :n] @ x + weights[:, n] * unseen, CONFIDENCE),
    }


for documents in (50, 100):
    for name, draw in MODELS.items():
        passed = {}
        for _ in range(SAMPLES):
            for rule, bound in upper_bounds(draw(documents)).items():
                passed[rule] = passed.get(rule, 0) + (bound <= LIMIT)
        print(documents, name, {rule: round(count / SAMPLES, 3) for rule, count in passed.items()}, flush=True)
