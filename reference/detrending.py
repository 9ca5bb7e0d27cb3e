#!/usr/bin/python3
"""detrending.csv, detrending_bic.csv: trends by numpy.linalg.lstsq over all combinations of orders; noise.csv: binning statistics."""
import itertools
import numpy as np

rng = np.random.default_rng(1978)
n = 120
t = np.sort(rng.uniform(0, 0.3, n))
airmass = 1 / np.cos(4 * (t - 0.1))
x = 300 + np.cumsum(rng.normal(size=n))
sky = 200 + 30 * t + rng.normal(size=n)
model = np.where(abs(t - 0.15) < 0.03, 0.985, 1.0)
flux = 1234.5 * model * (1 + 0.03 * (airmass - 1.1) + 0.004 * ((t - 0.15) / 0.15) ** 2 + 0.0003 * (x - 300)) * (1 + 0.001 * rng.normal(size=n))
terms = dict(time=(t, 2), airmass=(airmass, 2), x=(x, 1), sky=(sky, 1))
def design(orders):
    return np.array([np.ones(n)] + [((v - v.mean()) / v.std()) ** p for (v, _), o in zip(terms.values(), orders) for p in range(1, o + 1)]).T * model[:, None]
with open("detrending_bic.csv", "w") as out:
    out.write(f"# detrending.py: numpy {np.__version__} linalg.lstsq of flux / median; BIC = N ln(RSS/N) + k ln N\ntime,airmass,x,sky,bic,rss\n")
    best = None
    for orders in itertools.product(*[range(h + 1) for _, h in terms.values()]):
        A = design(orders)
        y = flux / np.median(flux)
        c = np.linalg.lstsq(A, y, rcond=1e-15)[0]
        rss = float(((y - A @ c) ** 2).sum())
        bic = float(n * np.log(rss / n) + A.shape[1] * np.log(n))
        out.write(",".join(map(str, orders)) + f",{bic!r},{rss!r}\n")
        if best is None or bic < best[0]:
            best = (bic, orders, (A / model[:, None]) @ c * np.median(flux))
print("best", best[:2])
with open("detrending.csv", "w") as out:
    out.write(f"# detrending.py: data and the trend of the orders {best[1]}\ntime,airmass,x,sky,model,flux,trend\n")
    for row in zip(t, airmass, x, sky, model, flux, best[2]):
        out.write(",".join(repr(float(v)) for v in row) + "\n")
