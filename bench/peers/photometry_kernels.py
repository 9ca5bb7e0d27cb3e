#!/usr/bin/python3
"""The peers of AperturePhotometryBenchmarks and BackgroundMeshBenchmarks: SEP and photutils on a field of the same kind.

Least of three runs each, seconds. photutils only with the argument --photutils (it takes half a minute)."""
import sys
import time

import numpy as np
import sep

RADII = (3, 4, 5, 6, 8, 10, 12, 15, 20, 25)
random = np.random.default_rng(1)
side, stars = 4096, 10000
image = np.round(1000 + 0.01 * np.arange(side) + 12 * random.standard_normal((side, side))).astype(np.float32)
x, y = random.uniform(40, side - 41, (2, stars))
sigma = np.sqrt(image)


def least(name, work, runs=3):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    print(f"{name:44s} {min(times):8.3f} s")


least("SEP background 64 x 64", lambda: sep.Background(image, bw=64, bh=64))
background = sep.Background(image, bw=64, bh=64)
least("SEP background, level map", background.back)
least("SEP 10 000 stars x 10 exact apertures", lambda: [sep.sum_circle(image, x, y, r, subpix=0) for r in RADII])
least("the same with errors", lambda: [sep.sum_circle(image, x, y, r, subpix=0, err=sigma) for r in RADII])
if "--photutils" in sys.argv:
    from photutils.aperture import CircularAperture, aperture_photometry
    from photutils.background import Background2D

    least("photutils Background2D 64 x 64, level map", lambda: Background2D(image, 64).background, 1)
    apertures = [CircularAperture(np.column_stack((x, y)), r) for r in RADII]
    least("photutils 10 000 stars x 10 exact apertures", lambda: aperture_photometry(image, apertures), 1)
