"""sigma_clipped_stats of seeded data of several kinds. The data are written too, rounded to float32."""
import numpy as np
import astropy
import warnings
from astropy.stats import sigma_clipped_stats

warnings.simplefilter("ignore")
random = np.random.default_rng(2)


def sample(kind, n):
    if kind == "normal":
        return 1000 + 10 * random.standard_normal(n)
    if kind == "stars":
        data = 300 + 5 * random.standard_normal(n)
        data[random.random(n) < 0.1] += 500 * random.exponential(size=np.count_nonzero(data > 0))[: 1][0]
        return data + 200 * (random.random(n) < 0.05) * random.exponential(size=n)
    if kind == "digitised":
        return np.round(100 + random.standard_normal(n))
    if kind == "skewed":
        return random.gamma(1.5, 20, n)
    if kind == "undefined":
        data = 50 + random.standard_normal(n)
        data[random.random(n) < 0.2] = np.nan
        data[random.random(n) < 0.05] = np.inf
        return data
    if kind == "constant":
        return np.full(n, 3.3)
    raise ValueError(kind)


with open(__file__.replace(".py", ".csv"), "w") as out:
    out.write(f"# clipped_statistics.py: astropy {astropy.__version__} sigma_clipped_stats; values separated by spaces\n")
    out.write("kind,low,high,iterations,center,spread,mean,median,std,values\n")
    for kind in ("normal", "stars", "digitised", "skewed", "undefined", "constant"):
        for n in (7, 60, 333):
            data = sample(kind, n).astype(np.float32)
            text = " ".join(repr(float(v)).replace("inf", "Infinity").replace("nan", "NaN") for v in data)
            settings = [(3, 3, 5, "median", "std"), (2.5, 2.5, 10, "median", "std"), (3, 3, None, "mean", "std"),
                        (2, 1.5, 1, "median", "mad_std"), (1.2, 4, None, "median", "mad_std"), (1, 1, 3, "median", "std")]
            for low, high, rounds, center, spread in settings:
                mean, median, std = sigma_clipped_stats(
                    data.astype(float), sigma_lower=low, sigma_upper=high, maxiters=rounds, cenfunc=center, stdfunc=spread)
                out.write(f"{kind},{low},{high},{rounds or 0},{center},{spread},{mean!r},{median!r},{std!r},{text}\n")
                text = "="
