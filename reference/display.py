#!/usr/bin/python3
"""display.csv: zscale limits, percentiles and statistics of made-up frames, by astropy and numpy.

The frames are made of integers of a linear congruential generator, so that the tests can make the very same ones."""
import astropy
import numpy as np
from astropy.stats import sigma_clipped_stats
from astropy.visualization import ZScaleInterval


def frame(kind, width, height, seed):
    state, values = seed, []
    for i in range(width * height):
        total = 0
        for _ in range(4):
            state = (state * 1103515245 + 12345) % 2147483648
            total += state >> 16
        value = total / 1024.0  # 0 ... 128, about normal
        if kind == "counts":
            value = float(total >> 10)
        if kind in ("stars", "holes") and i % 97 < 3:
            value += (i % 97 + 1) * (state >> 20)
        if kind == "holes" and i % 11 == 5:
            value = float("nan")
        if kind == "negative":
            value = value - 64.0 if i % 2 else -value * 1e-3
        values.append(value)
    return np.array(values, dtype=np.float32).reshape(height, width)


rows = []
for kind, width, height, seed in [("noise", 120, 90, 1), ("counts", 77, 131, 2), ("stars", 200, 50, 3), ("holes", 64, 64, 4), ("negative", 33, 31, 5), ("noise", 7, 5, 6), ("noise", 2, 1, 7)]:
    data = frame(kind, width, height, seed)
    low, high = ZScaleInterval().get_limits(data.astype(float))
    known = data[np.isfinite(data)].astype(float)
    p = np.percentile(known, [5, 95, 0.5, 99.5])
    mean, median, std = sigma_clipped_stats(known, sigma=3, maxiters=5)
    values, counts = np.unique(known, return_counts=True)
    rows.append([kind, width, height, seed, low, high, *p, known.size, known.sum(), known.min(), known.max(), known.mean(), np.median(known), known.std(), values[np.argmax(counts)], mean, median, std])

names = "kind,width,height,seed,zscale_low,zscale_high,p5,p95,p05,p995,count,sum,min,max,mean,median,std,mode,clipped_mean,clipped_median,clipped_std"
with open("display.csv", "w") as out:
    out.write(f"# display.py: astropy {astropy.__version__} ZScaleInterval() and sigma_clipped_stats(sigma=3; maxiters=5); numpy {np.__version__} percentile; all in double\n{names}\n")
    for row in rows:
        out.write(",".join(str(v) if isinstance(v, (str, int)) else repr(float(v)) for v in row) + "\n")
