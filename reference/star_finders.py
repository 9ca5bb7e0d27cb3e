"""Tables of photutils' IRAFStarFinder and DAOStarFinder on one simulated picture -> iraf_finder.csv, dao_finder.csv, finder_image.csv.

The picture is small integers in a CSV, so that the tests see the same pixels without a random generator.
"""
import numpy as np
import photutils
from photutils.detection import DAOStarFinder, IRAFStarFinder

rng = np.random.default_rng(20171220)
size_x, size_y = 120, 90
yy, xx = np.mgrid[0:size_y, 0:size_x]
image = rng.normal(0, 12, (size_y, size_x))
for _ in range(60):
    x, y = rng.uniform(-1, size_x), rng.uniform(-1, size_y)
    peak = 60 * 80 ** rng.uniform()
    a, b = 1.3 * rng.uniform(0.8, 1.3), 1.3 * rng.uniform(0.8, 1.3)
    image += peak * np.exp(-0.5 * (((xx - x) / a) ** 2 + ((yy - y) / b) ** 2))
image = np.round(image).astype(int)
with open("finder_image.csv", "w") as f:
    f.write(f"# pixels of the picture that star_finders.py searches: numpy {np.__version__}, seed 20171220, {size_x} x {size_y}, row by row\n")
    f.write(",".join(f"c{i}" for i in range(size_x)) + "\n")
    for row in image:
        f.write(",".join(map(str, row)) + "\n")
image = image.astype(float)
mask = np.zeros(image.shape, bool)
mask[40:50, 60:70] = True

IRAF = {
    "schmidt": dict(threshold=80, fwhm=3, exclude_border=True, sharplo=0.5, sharphi=2.0, roundlo=0.0, roundhi=0.7),
    "defaults": dict(threshold=60, fwhm=2.6),
    "wide": dict(threshold=40, fwhm=4.3, sigma_radius=2.5, minsep_fwhm=1.0, roundhi=0.9, sky=5.0, peakmax=3000),
    "brightest": dict(threshold=60, fwhm=3, brightest=7, roundhi=0.7),
    "tiny": dict(threshold=60, fwhm=1.5, sigma_radius=0.7, roundhi=0.9, sharphi=4.0),
}
with open("iraf_finder.csv", "w") as f:
    f.write(f"# photutils {photutils.__version__} IRAFStarFinder by reference/star_finders.py, settings {IRAF}\n".replace("{", "(").replace("}", ")"))
    f.write("case,xcentroid,ycentroid,fwhm,sharpness,roundness,pa,npix,sky,peak,flux,mag\n")
    for name, settings in IRAF.items():
        for r in IRAFStarFinder(**settings).find_stars(image, mask=mask if name == "defaults" else None):
            f.write(name + "," + ",".join(repr(float(r[c])) for c in ("xcentroid", "ycentroid", "fwhm", "sharpness", "roundness", "pa", "npix", "sky", "peak", "flux", "mag")) + "\n")

DAO = {
    "defaults": dict(threshold=50, fwhm=3.0),
    "ellipse": dict(threshold=40, fwhm=4.0, ratio=0.6, theta=35, sigma_radius=2.0, exclude_border=True),
    "sky": dict(threshold=60, fwhm=2.5, sky=1.5, peakmax=2000, sharplo=0.3, roundlo=-0.6, roundhi=0.6),
    "brightest": dict(threshold=60, fwhm=3, brightest=7),
}
with open("dao_finder.csv", "w") as f:
    f.write(f"# photutils {photutils.__version__} DAOStarFinder by reference/star_finders.py, settings {DAO}\n".replace("{", "(").replace("}", ")"))
    f.write("case,xcentroid,ycentroid,sharpness,roundness1,roundness2,npix,sky,peak,flux,mag\n")
    for name, settings in DAO.items():
        for r in DAOStarFinder(**settings).find_stars(image, mask=mask if name == "defaults" else None):
            f.write(name + "," + ",".join(repr(float(r[c])) for c in ("xcentroid", "ycentroid", "sharpness", "roundness1", "roundness2", "npix", "sky", "peak", "flux", "mag")) + "\n")
