"""The arithmetic of five systems on small frames: /usr/bin/python3 reference/calibration_recipes.py"""
import os
import astropy, numpy as np, scipy
import numpy.ma
from astropy.stats import sigma_clip, sigma_clipped_stats
from scipy.stats import mode as spmode

HERE = os.path.dirname(os.path.abspath(__file__))
H, W = 8, 10
rng = np.random.RandomState(31)
rows = []


def put(recipe, name, index, array):
    array = np.atleast_1d(np.asarray(array, dtype=float))
    rows.append(f"{recipe},{name},{index}," + ";".join(repr(float(v)) for v in array.ravel()))


def mode(a):
    return spmode(a.flatten(), keepdims=True)[0][0]


def nan_functions(cen):
    # Functions, not names: astropy 5.2's fast path for names applies the last limits to all values; the systems' astropy did not.
    return {"mean": np.nanmean, "median": np.nanmedian}[cen]


flat_true = 1 + 0.1 * rng.rand(H, W)
rate = 0.3 + 0.1 * rng.rand(H, W)
rate[2, 3] = 40.0  # a hot pixel
pattern = 300 + np.arange(W)[None, :] * 0.5


def frame(light, t):
    e = light * flat_true + rate * t
    return np.clip(np.round(pattern + rng.poisson(e * 2.0) / 2.0 + rng.normal(0, 3, (H, W))), 0, 65535).astype(np.uint16)


bias = [frame(0, 0) for _ in range(5)]
dark10 = [frame(0, 10) for _ in range(5)]
dark10[1][5, 5] += 3000  # a cosmic ray
dark3 = [frame(0, 3) for _ in range(5)]
levels = [20000, 24000, 15000, 18000, 39500]
flat = [frame(level, 3) for level in levels]
light = [frame(500, 10), frame(40, 10)]
light25 = frame(500, 25)
for name, frames in (("bias", bias), ("dark10", dark10), ("dark3", dark3), ("flat", flat), ("light", light), ("light25", [light25])):
    for i, f in enumerate(frames):
        put("input", name, i, f)

# schmidt: median bias, flats by the median of a window, sub-frame, flipped up-down; gain and read noise
superbias = np.median(np.stack(bias), axis=0)
flats = []
for f in flat[:4]:
    data = f - superbias
    data = data / np.median(data[2:6, 3:7])
    flats.append(data)
domeflat = np.median(np.stack(flats), axis=0)
put("schmidt", "bias", 0, superbias)
put("schmidt", "flat", 0, domeflat)
data = light[0][1:7, 2:8]
put("schmidt", "light", 0, np.flipud((data - superbias[1:7, 2:8]) / domeflat[1:7, 2:8]))
b1, b2, f1, f2 = (x.astype(float) for x in (bias[0], bias[1], flat[0], flat[1]))
_, _, sb = sigma_clipped_stats(b1 - b2, sigma=4.0, maxiters=2)
_, _, sf = sigma_clipped_stats(f1 - f2, sigma=4.0, maxiters=2)
gain = ((np.median(f1) + np.median(f2)) - (np.median(b1) + np.median(b2))) / (sf**2 - sb**2)
put("schmidt", "gain", 0, [gain, gain * sb / np.sqrt(2)])

# prose: dark per second, flats by their mean, negative results become -1
bias_p = np.median(bias, axis=0)
dark_p = np.median([(f - bias_p) / t for frames, t in ((dark10, 10.0), (dark3, 3.0)) for f in frames], axis=0)
flats = []
for f in flat[:4]:
    d = f - bias_p - dark_p * 3.0
    flats.append(d / np.mean(d))
flat_p = np.median(flats, axis=0)
put("prose", "dark", 0, dark_p)
put("prose", "flat", 0, flat_p)
for i, f in enumerate(light):
    clean = (f - (dark_p * 10.0 + bias_p)) / flat_p
    put("prose", "light", i, clean)
    clean = np.where(clean < 0, np.nan, clean)
    put("prose", "light-compat", i, np.where(np.isnan(clean), -1, clean))

# mcdonald: median darks with the bias inside, flats by their exact mode, in double precision
d10 = np.median(np.array(dark10, dtype=float), axis=0)
d3 = np.median(np.array(dark3, dtype=float), axis=0)
stack = []
for f in flat[:4]:
    x = f - d3
    x = x / mode(x)
    stack.append(x)
master = np.median(stack, axis=0)
master = master / mode(master)
put("mcdonald", "dark10", 0, d10)
put("mcdonald", "flat", 0, master)
put("mcdonald", "light", 0, (light[0] - d10) / master)

# photlib: bias, nearest dark scaled by exposure, median flats without a dark
wbias = np.array(np.median(bias, axis=0), dtype=np.float32)
wdark = np.median([f - wbias for f in dark10], axis=0)
stack = []
for f in flat[:4]:
    d = f - wbias
    stack.append(d / np.median(d))
wflat = np.median(stack, axis=0)
put("photlib", "dark", 0, wdark)
put("photlib", "flat", 0, wflat)
put("photlib", "light", 0, np.array((light25 - wbias - wdark * (25.0 / 10.0)) / wflat, dtype=np.float32))

# lulin: darks clipped over the picture and along the stack, flats scaled to the first, weighted, an upper limit
SIGMA, ROUNDS, LIMIT = 2.5, 10, 38000


def lulin_dark(frames):
    cube = np.array(frames, dtype=np.float64)
    masks = [sigma_clip(d, sigma=SIGMA, maxiters=ROUNDS, cenfunc=nan_functions("median"), stdfunc=np.nanstd, axis=None, masked=True).mask for d in cube]
    clipped = sigma_clip(
        np.ma.array(cube, mask=np.array(masks)), sigma=SIGMA, maxiters=ROUNDS, cenfunc=nan_functions("median"), stdfunc=np.nanstd, axis=0, masked=True
    )
    combined = numpy.ma.average(clipped, axis=0)
    return numpy.ma.filled(combined, fill_value=numpy.ma.mean(combined))


l10, l3 = lulin_dark(dark10), lulin_dark(dark3)
put("lulin", "dark10", 0, l10)
put("lulin", "dark3", 0, l3)
medians, cube = [], []
for f in flat:
    d = f - l3
    m = np.median(d)
    if m > LIMIT:
        continue
    medians.append(m)
    cube.append(d / m * medians[0])
clipped = sigma_clip(np.array(cube), sigma=SIGMA, maxiters=ROUNDS, cenfunc=nan_functions("median"), stdfunc=np.nanstd, axis=0, masked=True)
combined = numpy.ma.average(clipped, weights=medians, axis=0)
combined = combined / numpy.ma.average(combined)
master = numpy.ma.filled(combined, fill_value=1.0)
put("lulin", "medians", 0, medians)
put("lulin", "flat", 0, master)
put("lulin", "light", 0, (light[0] - l10) / master)

with open(os.path.join(HERE, "calibration_recipes.csv"), "w") as out:
    out.write(
        f"# reference/calibration_recipes.py; numpy {np.__version__}, scipy {scipy.__version__}, astropy {astropy.__version__}; "
        f"frames of {W} x {H} pixels, row after row\n"
    )
    out.write("recipe,name,index,values\n")
    out.write("\n".join(rows) + "\n")
