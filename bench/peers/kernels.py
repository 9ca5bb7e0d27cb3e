#!/usr/bin/python3
"""One kernel of a peer on a picture, timed within the process: kernels.py KERNEL PICTURE.fits STARS.csv FWHM THRESHOLD.

Prints `seconds N` and `processor N` of the second of two runs."""
import sys
import time

import numpy as np
from astropy.io import fits

RADII = (3, 4, 5, 6, 8, 10, 12, 15, 20, 25)
kernel, picture, stars, fwhm, threshold = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]), float(sys.argv[5])
image = fits.getdata(picture).astype(np.float32)
x, y = np.loadtxt(stars, delimiter=",").T

if kernel == "sep-background":
    import sep

    def work():
        return sep.Background(image, bw=64, bh=64).back()
elif kernel == "photutils-background":
    from photutils.background import Background2D

    def work():
        return Background2D(image, 64).background
elif kernel == "sep-apertures":
    import sep

    def work():
        return [sep.sum_circle(image, x, y, r, subpix=0) for r in RADII]
elif kernel == "photutils-apertures":
    from photutils.aperture import CircularAperture, aperture_photometry

    def work():
        return aperture_photometry(image, [CircularAperture(np.column_stack((x, y)), r) for r in RADII])
elif kernel == "photutils-iraf":
    from photutils.detection import IRAFStarFinder

    clean = image.astype(float) - np.median(image)

    def work():
        return IRAFStarFinder(threshold, fwhm)(clean)
else:
    sys.exit(f"there is no kernel {kernel}")
for _ in range(2):
    wall, processor = time.perf_counter(), time.process_time()
    work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
print("seconds", wall)
print("processor", processor)
