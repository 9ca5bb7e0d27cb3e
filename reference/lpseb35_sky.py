"""The sky of lpseb35 after the textbook recipe of ccdproc: /usr/bin/python3 reference/lpseb35_sky.py

Bias, 30 s darks freed of it, flats freed of bias and scaled dark and divided by their medians, each stack clipped at 5 sigma (MAD) about
its median and averaged; (raw - bias - dark) / flat. Of three lights the medians of boxes of 64 x 64 pixels, which the test compares.
"""
import glob
import os
import warnings

import astropy
import ccdproc
import numpy as np
from astropy import units as u
from astropy.io import fits
from astropy.nddata import CCDData

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "shared", "data", "lpseb35")
BOX = 64


def frames(pattern):
    return [CCDData(fits.getdata(f, 1).astype(float), unit="adu") for f in sorted(glob.glob(os.path.join(DATA, pattern)))]


def mad(a, axis=None):
    return 1.482602 * np.ma.median(np.ma.abs(a - np.ma.median(a, axis=axis)), axis=axis)


def stack(images):
    return ccdproc.combine(
        images, method="average", sigma_clip=True, sigma_clip_low_thresh=5, sigma_clip_high_thresh=5,
        sigma_clip_func=np.ma.median, sigma_clip_dev_func=mad,
    )


def subtract(image, seconds):
    image = ccdproc.subtract_bias(image, bias)
    return ccdproc.subtract_dark(image, dark, dark_exposure=30 * u.s, data_exposure=seconds * u.s, scale=True)


bias = stack(frames("Bias*"))
dark = stack([ccdproc.subtract_bias(d, bias) for d in frames("Dark*")])
flats = [subtract(f, 30.3) for f in frames("domeflat*")]
flat = stack([f.divide(np.median(f.data) * u.dimensionless_unscaled) for f in flats])
with open(os.path.join(HERE, "lpseb35_sky.csv"), "w") as out:
    out.write(f"# reference/lpseb35_sky.py; ccdproc {ccdproc.__version__}, astropy {astropy.__version__}; ADU, boxes of {BOX} x {BOX} pixels\n")
    out.write("light,box_x,box_y,median\n")
    names = sorted(glob.glob(os.path.join(DATA, "LPSEB35*")))
    for name in (names[0], names[30], names[59]):
        clean = ccdproc.flat_correct(subtract(CCDData(fits.getdata(name, 1).astype(float), unit="adu"), 30.0), flat).data
        for y in range(0, 1024, BOX):
            for x in range(0, 1024, BOX):
                out.write(f"{os.path.basename(name).split('.')[0]},{x},{y},{np.nanmedian(clean[y:y + BOX, x:x + BOX]):.4f}\n")
