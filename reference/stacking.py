"""Reference values for the combination of stacks: /usr/bin/python3 reference/stacking.py"""
import os
import astropy, ccdproc, numpy as np
from astropy import units as u
from astropy.nddata import CCDData
from astropy.stats import mad_std, sigma_clip

HERE = os.path.dirname(os.path.abspath(__file__))


def clipped(stack, cen, std, iterations, low=3.0, high=3.0):
    # Functions, not names: with names astropy 5.2 takes its fast path, which applies the last limits to all values, so that values cut
    # in an earlier round can come back when the limits widen.
    centre = {"mean": np.nanmean, "median": np.nanmedian}[cen]
    spread = {"std": np.nanstd, "mad_std": lambda a, axis=None: mad_std(a, axis=axis, ignore_nan=True)}[std]
    cut = sigma_clip(stack, sigma_lower=low, sigma_upper=high, maxiters=iterations, cenfunc=centre, stdfunc=spread, axis=0)
    result = cut.mean(axis=0).filled(np.nan)
    # Where a round leaves nothing, astropy's limits become NaN and it returns the unclipped values: no reference there.
    for p in range(stack.shape[1]):
        kept = stack[:, p]
        for _ in range(iterations or 100):
            c = np.mean(kept) if cen == "mean" else np.median(kept)
            s = mad_std(kept) if std == "mad_std" else np.std(kept)
            kept = kept[(kept >= c - low * s) & (kept <= c + high * s)]
            if len(kept) == 0:
                result[p] = np.nan
                break
    return result, (~cut.mask).sum(axis=0)


def winsorised(values, low=3.0, high=3.0, rounds=5):
    """Siril's rejection, written out for one pixel: median and sigma of values pulled in to 1.5 sigma, until nothing changes."""
    kept = np.sort(values)
    for _ in range(rounds):
        median = np.median(kept)
        sigma = np.std(kept, ddof=1)
        while True:
            pulled = np.clip(kept, median - 1.5 * sigma, median + 1.5 * sigma)
            before, sigma = sigma, 1.134 * np.std(pulled, ddof=1)
            if abs(sigma - before) <= 0.0005 * before:
                break
        left = kept[(kept >= median - low * sigma) & (kept <= median + high * sigma)]
        if len(left) == len(kept):
            break
        kept = left
    return kept.mean(), len(kept)


def ccdproc_clip(stack):
    frames = [CCDData(f[None, :], unit=u.adu) for f in stack]
    combiner = ccdproc.Combiner(frames, dtype=float)
    combiner.sigma_clipping(low_thresh=2.5, high_thresh=3.5, func=np.ma.median, dev_func=mad_std)
    return np.asarray(combiner.average_combine().data)[0]


rng = np.random.RandomState(20260101)
rows = []
for n in (3, 5, 6, 9, 16, 25, 40):
    pixels = 12
    stack = rng.normal(1000, 12, (n, pixels))
    for p in range(0, pixels, 2):
        for _ in range(1 + p // 5):
            stack[rng.randint(n), p] += rng.choice([-1, 1, 1]) * rng.uniform(60, 5000)
    stack = np.round(stack, 2).astype(np.float32).astype(float)
    weights = np.round(rng.uniform(0.5, 2.0, n), 3)
    columns = {
        "mean": stack.mean(axis=0),
        "median": np.median(stack, axis=0),
        "std": stack.std(axis=0, ddof=1),
        "median_std": clipped(stack, "median", "std", 5)[0],
        "mean_std": clipped(stack, "mean", "std", None)[0],
        "median_mad": clipped(stack, "median", "mad_std", 5)[0],
        "median_mad_used": clipped(stack, "median", "mad_std", 5)[1],
        "mean_mad_low2": clipped(stack, "mean", "mad_std", 3, 2.0, 4.0)[0],
        "ccdproc_one_round": ccdproc_clip(stack),
        "minmax": np.sort(stack, axis=0)[1:-1].mean(axis=0),
        "winsorised": np.array([winsorised(stack[:, p])[0] for p in range(pixels)]),
        "weighted": np.average(stack, axis=0, weights=weights),
    }
    cut = sigma_clip(stack, sigma=3, maxiters=5, cenfunc=np.nanmedian, stdfunc=lambda a, axis=None: mad_std(a, axis, ignore_nan=True), axis=0)
    columns["clipped_weighted"] = np.ma.average(cut, axis=0, weights=np.repeat(weights[:, None], pixels, axis=1))
    for p in range(pixels):
        rows.append(
            [str(n), ";".join(f"{v:.9g}" for v in stack[:, p]), ";".join(f"{w:g}" for w in weights)]
            + [f"{columns[c][p]:.12g}" for c in columns]
        )
with open(os.path.join(HERE, "stacking.csv"), "w") as f:
    f.write(
        f"# reference/stacking.py; numpy {np.__version__}, astropy {astropy.__version__} sigma_clip, ccdproc {ccdproc.__version__}; "
        "3 sigma unless named; winsorised as in Siril 1.0\n"
    )
    f.write("n,values,weights," + ",".join(columns) + "\n")
    for r in rows:
        f.write(",".join(r) + "\n")
