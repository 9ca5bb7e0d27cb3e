"""Masters of a small night as five systems make them, faults included: /usr/bin/python3 reference/recipe_masters.py

Writes the frames, reference/recipes/night/*.fits (and lights read out in part, recipes/subframe/*.fits), always the same, and
reference/recipe_masters.csv. Other scripts import `frames` and the functions of the systems.
"""
import os

import astropy
import numpy as np
import numpy.ma
import scipy
from astropy.io import fits
from astropy.stats import sigma_clip
from scipy.stats import mode as spmode

HERE = os.path.dirname(os.path.abspath(__file__))
NIGHT = os.path.join(HERE, "recipes", "night")
SUBFRAME = os.path.join(HERE, "recipes", "subframe")
H, W = 18, 20
SUB_ROW, SUB_COLUMN, SUB_H, SUB_W = 5, 4, 10, 12
FLAT_LEVELS = [20000, 24000, 15000, 18000, 39500]


def frames():
    """Name -> (pixels, cards) of every frame, the lights among them."""
    rng = np.random.RandomState(4711)
    flat_true = 1 + 0.1 * rng.rand(H, W)
    rate = 0.3 + 0.1 * rng.rand(H, W)
    rate[2, 3] = 40.0  # hot pixels
    rate[11, 16] = 12.0
    pattern = 300 + np.arange(W)[None, :] * 0.5

    def expose(light, seconds):
        electrons = rng.poisson((light * flat_true + rate * seconds) * 2.0) / 2.0
        return np.clip(np.round(pattern + electrons + rng.normal(0, 3, (H, W))), 0, 65535).astype(np.uint16)

    made = {}

    def add(name, kind, seconds, pixels, **cards):
        made[name] = (pixels, {"IMAGETYP": kind, "EXPTIME": float(seconds), **cards})

    for i in range(5):
        add(f"bias-{i + 1}", "BIAS", 0, expose(0, 0))
    for i in range(5):
        add(f"dark-10s-{i + 1}", "DARK", 10, expose(0, 10))
    made["dark-10s-2"][0][5, 5] += 3000  # a cosmic ray
    for i in range(5):
        add(f"dark-3s-{i + 1}", "DARK", 3, expose(0, 3))
    for i, level in enumerate(FLAT_LEVELS):
        add(f"flat-{i + 1}", "FLAT", 3, expose(level, 3), FILTER="R")
    add("light-1", "LIGHT", 10, expose(500, 10), FILTER="R", OBJECT="field")
    add("light-2", "LIGHT", 10, expose(2, 10), FILTER="R", OBJECT="field")  # so dark that results fall below zero
    add("light-3", "LIGHT", 25, expose(500, 25), FILTER="R", OBJECT="field")
    for i in range(2):
        whole = expose(700, 10)
        part = whole[SUB_ROW : SUB_ROW + SUB_H, SUB_COLUMN : SUB_COLUMN + SUB_W]
        add(f"part-{i + 1}", "LIGHT", 10, part, FILTER="R", OBJECT="field", CRVAL1=SUB_COLUMN, CRVAL2=SUB_ROW)
    return made


def write(made):
    for minute, (name, (pixels, cards)) in enumerate(made.items()):
        folder = SUBFRAME if name.startswith("part") else NIGHT
        os.makedirs(folder, exist_ok=True)
        hdu = fits.PrimaryHDU(pixels)
        hdu.header["DATE-OBS"] = f"2024-03-01T20:{minute:02d}:00"
        hdu.header["XBINNING"] = 1
        hdu.header["YBINNING"] = 1
        for keyword, value in cards.items():
            hdu.header[keyword] = value
        hdu.writeto(os.path.join(folder, name + ".fits"), overwrite=True)


def of(made, prefix):
    return [pixels for name, (pixels, _) in made.items() if name.startswith(prefix)]


def schmidt(made, window=None):
    superbias = np.median(np.stack(of(made, "bias")), axis=0)
    flats = []
    for f in of(made, "flat"):
        data = f - superbias
        data = data / np.median(data if window is None else data[window])
        flats.append(data)
    return {"bias": superbias, "flat_R": np.median(np.stack(flats), axis=0)}


def prose(made):
    bias = np.median(of(made, "bias"), axis=0)
    dark = np.median([(f - bias) / t for name, t in (("dark-10s", 10.0), ("dark-3s", 3.0)) for f in of(made, name)], axis=0)
    flats = []
    for f in of(made, "flat"):
        d = f - bias - dark * 3.0
        flats.append(d / np.mean(d))
    return {"bias": bias, "dark_1s": dark, "flat_R": np.median(flats, axis=0)}


def mode(a):
    return spmode(a.flatten(), keepdims=True)[0][0]


def mcdonald(made):
    d10 = np.median(np.array(of(made, "dark-10s"), dtype=float), axis=0)
    d3 = np.median(np.array(of(made, "dark-3s"), dtype=float), axis=0)
    stack = []
    for f in of(made, "flat"):
        x = f - d3
        stack.append(x / mode(x))
    master = np.median(stack, axis=0)
    return {"dark_10s": d10, "dark_3s": d3, "flat_R": master / mode(master)}


def photlib(made):
    bias = np.array(np.median(of(made, "bias"), axis=0), dtype=np.float32)
    stack = []
    for f in of(made, "flat"):  # no dark is taken out of flats
        d = f - bias
        stack.append(d / np.median(d))
    return {
        "bias": bias,
        "dark_10s": np.median([f - bias for f in of(made, "dark-10s")], axis=0),
        "dark_3s": np.median([f - bias for f in of(made, "dark-3s")], axis=0),
        "flat_R": np.median(stack, axis=0),
    }


SIGMA, ROUNDS, LIMIT = 2.5, 10, 38000
# Functions, not names: astropy 5.2's fast path for names applies the last limits to all values; the system's astropy did not.
CLIP = {"sigma": SIGMA, "maxiters": ROUNDS, "cenfunc": np.nanmedian, "stdfunc": np.nanstd, "masked": True}


def lulin_dark(raw):
    cube = np.array(raw, dtype=np.float64)
    masks = [sigma_clip(d, axis=None, **CLIP).mask for d in cube]
    clipped = sigma_clip(np.ma.array(cube, mask=np.array(masks)), axis=0, **CLIP)
    combined = numpy.ma.average(clipped, axis=0)
    return numpy.ma.filled(combined, fill_value=numpy.ma.mean(combined))


def lulin(made):
    d10, d3 = lulin_dark(of(made, "dark-10s")), lulin_dark(of(made, "dark-3s"))
    medians, cube = [], []
    for f in of(made, "flat"):
        d = f - d3
        median = np.median(d)
        if median > LIMIT:
            continue
        medians.append(median)
        cube.append(d / median * medians[0])
    combined = numpy.ma.average(sigma_clip(np.array(cube), axis=0, **CLIP), weights=medians, axis=0)
    combined = combined / numpy.ma.average(combined)
    return {"dark_10s": d10, "dark_3s": d3, "flat_R": numpy.ma.filled(combined, fill_value=1.0)}


SYSTEMS = {"schmidt": schmidt, "prose": prose, "mcdonald": mcdonald, "photlib": photlib, "lulin": lulin}

if __name__ == "__main__":
    night = frames()
    write(night)
    made = {recipe: system(night) for recipe, system in SYSTEMS.items()}
    # Not a recipe of its own: a window that fits the small frame.
    made["schmidt-window"] = schmidt(night, (slice(4, 14), slice(5, 15)))
    with open(os.path.join(HERE, "recipe_masters.csv"), "w") as out:
        out.write(
            f"# reference/recipe_masters.py; numpy {np.__version__}, scipy {scipy.__version__}, astropy {astropy.__version__}; "
            f"frames of {W} x {H} pixels, row after row\n"
        )
        out.write("recipe,master,values\n")
        for recipe, masters in made.items():
            for name, image in masters.items():
                out.write(f"{recipe},{name}," + ";".join(repr(float(v)) for v in np.asarray(image, dtype=float).ravel()) + "\n")
