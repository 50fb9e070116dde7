"""Writes scipy's values of what Sources/Scoring/Statistics computes, as golden values for ScoringTests.

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python tools/reference/statistics/make_golden.py > Tests/ScoringTests/Golden/statistics.json
"""

import json

from scipy.special import betainc
from scipy.stats import beta, binom, t

SHAPES = [(0.5, 0.5), (1, 1), (1, 50), (3.5, 12.25), (40, 2), (0.37, 180.5), (459, 1), (7, 2989),
          (250.5, 249.5), (5000, 20), (60000, 40000)]

golden = {
    "betaCumulative": [
        [x, a, b, float(betainc(a, b, x))]
        for a, b in SHAPES
        for x in (0.001, 0.2 * a / (a + b), a / (a + b), min(1.1 * a / (a + b), 0.99), 0.999)],
    "clopperPearson": [
        [errors, trials, confidence,
         float(beta.ppf(1 - confidence, errors, trials - errors + 1)) if errors else 0.0,
         float(beta.ppf(confidence, errors + 1, trials - errors)) if errors < trials else 1.0]
        for errors, trials in [(0, 20), (0, 2995), (1, 50), (3, 64.5), (5, 50), (12.25, 130.75), (50, 50),
                               (19, 4742), (4999, 100000)]
        for confidence in (0.9, 0.95, 0.99)],
    "binomialCumulative": [
        [k, n, p, float(binom.cdf(k, n, p))]
        for k, n, p in [(0, 459, 0.01), (1, 662, 0.01), (10, 2010, 0.01), (3, 20, 0.1), (500, 1000, 0.5),
                        (19, 4742, 0.001), (0, 1, 0.3)]],
    "student": [
        [p, degrees, float(t.ppf(p, degrees))]
        for p in (0.9, 0.95, 0.99) for degrees in (1, 4, 19, 49, 1000)],
}
print(json.dumps(golden, indent=1))
