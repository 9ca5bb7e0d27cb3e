"""Centroids and profile fits of small stars by photutils, scipy and SEP -> centroid_image.csv, centroids.csv."""
import warnings

import numpy as np
import photutils
import sep
import scipy
from photutils.centroids import centroid_quadratic
from scipy.optimize import least_squares

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)
size = 25
stars = []
rows = []
yy, xx = np.mgrid[0:size, 0:size]
for k in range(8):
    x, y = 12 + rng.uniform(-0.5, 0.5, 2)
    theta = rng.uniform(0, np.pi)
    u = np.cos(theta) * (xx - x) + np.sin(theta) * (yy - y)
    v = -np.sin(theta) * (xx - x) + np.cos(theta) * (yy - y)
    image = np.round(40 + 900 * (1 + (u / 2.6) ** 2 + (v / 1.9) ** 2) ** -2.8 + rng.normal(0, 3, (size, size)))
    stars.append(image)
    circle = (xx - 12) ** 2 + (yy - 12) ** 2 <= 9**2
    qx, qy = centroid_quadratic(image, fit_boxsize=5)

    # Elliptical q = p dx^2 + 2 r dx dy + t dy^2 on a constant, pixels within 9 of (12, 12).
    def gauss(p):
        dx, dy = xx[circle] - p[1], yy[circle] - p[2]
        q = p[3] * dx**2 + 2 * p[5] * dx * dy + p[4] * dy**2
        return p[6] + p[0] * np.exp(-q / 2) - image[circle]

    fit = least_squares(gauss, [900, 12, 12, 0.4, 0.4, 0, 40], xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=5000).x

    def residual(p):
        dx, dy = xx[circle] - p[1], yy[circle] - p[2]
        q = p[3] * dx**2 + 2 * p[5] * dx * dy + p[4] * dy**2
        return p[6] + p[0] * np.maximum(1 + q, 1e-9) ** -p[7] - image[circle]

    m = least_squares(residual, [900, 12, 12, 0.2, 0.2, 0, 40, 3], xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=5000)
    sx, sy, flag = sep.winpos(np.ascontiguousarray(image - 40.0), [x], [y], 1.8, subpix=0)
    a = m.x
    rows.append((k, qx, qy, fit[1], fit[2], fit[0], fit[6], a[1], a[2], a[0], a[6], a[7], a[3], a[4], a[5], float(sx[0]), float(sy[0])))
with open("centroid_image.csv", "w") as f:
    f.write(f"# eight stars of 25 x 25 pixels made by reference/centroids.py, numpy {np.__version__}, seed 7; one pixel row a line\n")
    f.write("star,row," + ",".join(f"c{i}" for i in range(size)) + "\n")
    for k, image in enumerate(stars):
        for j, row in enumerate(image):
            f.write(f"{k},{j}," + ",".join(str(int(v)) for v in row) + "\n")
with open("centroids.csv", "w") as f:
    f.write(
        f"# reference/centroids.py: quadratic by photutils {photutils.__version__} centroid_quadratic(5); Gaussian and Moffat by "
        f"scipy {scipy.__version__} least_squares on pixels within 9 of (12 12); windowed by sep {sep.__version__} winpos sig 1.8 subpix 0\n"
    )
    f.write("star,quadratic_x,quadratic_y,gauss_x,gauss_y,gauss_amplitude,gauss_sky,moffat_x,moffat_y,moffat_amplitude,moffat_sky,moffat_beta,moffat_p,moffat_t,moffat_r,windowed_x,windowed_y\n")
    for r in rows:
        f.write(",".join(repr(float(v)) if i else str(v) for i, v in enumerate(r)) + "\n")
