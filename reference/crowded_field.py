"""photutils' PSF photometry of a crowded field -> crowded_field.csv: stars found of those injected, scatter of their fluxes.

The field comes from the tests (the same seed): ALBIREO_FIELDS_EXPORT=DIR dotnet test --filter Write_field_for_peers
photutils is given the true profile (elliptical Moffat, FWHM 3, oversampled four times); Albireo makes its own from the field.
usage: crowded_field.py DIR
"""
import sys
import warnings
from pathlib import Path

import numpy as np
import photutils
from astropy.io import fits
from astropy.modeling.fitting import LevMarLSQFitter
from photutils.background import MMMBackground
from photutils.detection import DAOStarFinder
from photutils.psf import BasicPSFPhotometry, DAOGroup, EPSFModel, IterativelySubtractedPSFPhotometry

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
image = fits.getdata(folder / "crowd.fits").astype(float)
truth = np.loadtxt(folder / "crowd.csv", delimiter=",")


def profile(beta=3.5, major=3 * 1.05, minor=3 / 1.05, angle=np.radians(30), radius=14, oversampling=4):
    k = 2 * np.sqrt(2 ** (1 / beta) - 1)
    a, b = major / k, minor / k
    side = 2 * radius * oversampling + 1
    v, u = (np.mgrid[0:side, 0:side] - side // 2) / oversampling
    fine = (np.arange(5) - 2) / 5
    total = np.zeros((side, side))
    for dy in fine:
        for dx in fine:
            x, y = u + dx, v + dy
            p, q = (np.cos(angle) * x + np.sin(angle) * y) / a, (np.cos(angle) * y - np.sin(angle) * x) / b
            total += (1 + p * p + q * q) ** -beta / 25
    model = EPSFModel(total * (beta - 1) / (np.pi * a * b), flux=1, oversampling=oversampling, norm_radius=radius)
    data = total * (beta - 1) / (np.pi * a * b)
    model._data_scale = data.sum() / oversampling**2
    return model, data.sum() / oversampling**2


model, inside = profile()
sky = MMMBackground()(image)
noise = 1.4826 * np.median(np.abs(image - np.median(image)))
settings = dict(
    group_maker=DAOGroup(6.0), bkg_estimator=MMMBackground(), psf_model=model, fitter=LevMarLSQFitter(), fitshape=(9, 9),
    finder=DAOStarFinder(threshold=2 * noise, fwhm=3.0), aperture_radius=3,
)  # fmt: skip
columns = []
for name, method in (("basic", BasicPSFPhotometry(**settings)), ("iterative", IterativelySubtractedPSFPhotometry(niters=3, **settings))):
    table = method(image)
    x, y, flux = (np.array(table[c]) for c in ("x_fit", "y_fit", "flux_fit"))
    match = {}
    for i in sorted((i for i in range(len(x)) if flux[i] > 0), key=lambda i: -flux[i]):
        near = [k for k in range(len(truth)) if k not in match and (truth[k, 0] - x[i]) ** 2 + (truth[k, 1] - y[i]) ** 2 < 1]
        if near:
            match[max(near, key=lambda k: truth[k, 2])] = i
    # The scale of photutils' profile is its own: fluxes are divided by their median ratio.
    scale = np.median([flux[i] / truth[k, 2] for k, i in match.items() if truth[k, 2] > 1500])
    columns.append([flux[match[k]] / scale if k in match else np.nan for k in range(len(truth))])
    print(name, len(x), "found", len(match), "matched")
Path(__file__).with_name("crowded_field.csv").write_text(
    f"# photutils {photutils.__version__} by reference/crowded_field.py: DAOStarFinder at 2 sigma of a pixel, DAOGroup 6 pixels, 9 x 9 fits with the true profile; matches within 1 pixel, brightest first; nan: not found\n"
    "truth,basic,iterative\n" + "".join(f"{t:.3f},{b:.3f},{i:.3f}\n" for t, b, i in zip(truth[:, 2], *columns))
)
