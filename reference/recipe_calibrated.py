"""Calibrated frames of a small night as five systems make them, faults included: /usr/bin/python3 reference/recipe_calibrated.py

The frames and masters are those of reference/recipe_masters.py, in double precision; writes reference/recipe_calibrated.csv. Systems 3
and 5 have no answer to a light without a dark of its own exposure; only system 1 knows sub-frames."""
import os

import numpy as np

from recipe_masters import H, SUB_COLUMN, SUB_H, SUB_ROW, SUB_W, SYSTEMS, W, frames

HERE = os.path.dirname(os.path.abspath(__file__))


def schmidt(raw, seconds, masters):
    """The part of masters under a sub-frame; turned upside down."""
    rows, columns = slice(0, H), slice(0, W)
    if raw.shape != (H, W):
        rows, columns = slice(SUB_ROW, SUB_ROW + SUB_H), slice(SUB_COLUMN, SUB_COLUMN + SUB_W)
    return np.flipud((raw - masters["bias"][rows, columns]) / masters["flat_R"][rows, columns])


def prose(raw, seconds, masters):
    """Negative pixels become NaN, NaN becomes -1."""
    calibrated = (raw - (masters["dark_1s"] * seconds + masters["bias"])) / masters["flat_R"]
    calibrated[calibrated < 0] = np.nan
    calibrated[~np.isfinite(calibrated)] = -1
    return calibrated


def exact_dark(raw, seconds, masters):
    """Systems 3 and 5: the dark of the same exposure holds the bias."""
    return (raw - masters[f"dark_{seconds:.0f}s"]) / masters["flat_R"]


def photlib(raw, seconds, masters):
    """The dark of the nearest exposure, scaled."""
    nearest = min((3.0, 10.0), key=lambda t: abs(t - seconds))
    return (raw - masters["bias"] - masters[f"dark_{nearest:.0f}s"] * (seconds / nearest)) / masters["flat_R"]


WHOLE = ["light-1", "light-2", "light-3"]
CALIBRATE = {
    "schmidt": (schmidt, WHOLE + ["part-1", "part-2"]),
    "prose": (prose, WHOLE),
    "mcdonald": (exact_dark, WHOLE[:2]),
    "photlib": (photlib, WHOLE),
    "lulin": (exact_dark, WHOLE[:2]),
}

if __name__ == "__main__":
    night = frames()
    with open(os.path.join(HERE, "recipe_calibrated.csv"), "w") as out:
        out.write(f"# reference/recipe_calibrated.py; numpy {np.__version__}; frames of {W} x {H} pixels, parts of {SUB_W} x {SUB_H}\n")
        out.write("recipe,frame,values\n")
        for recipe, (calibrate, names) in CALIBRATE.items():
            masters = SYSTEMS[recipe](night)
            for name in names:
                pixels, cards = night[name]
                result = calibrate(pixels.astype(np.float64), cards["EXPTIME"], masters)
                out.write(f"{recipe},{name}," + ";".join(f"{v:.11g}" for v in np.asarray(result, dtype=float).ravel()) + "\n")
