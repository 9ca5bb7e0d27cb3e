"""The notebook of system 1 on one simulated frame, step by step: source mask, mesh, IRAF table, error map, ten apertures, shift.

The frame is a part of the picture of synthetic.py (seed 21); the second frame is another part of it, so that the true shift is
(-5, -7). The maps of Background2D are interpolated by mesh_spline.py.
"""
import warnings
import numpy as np
import photutils
from astropy.stats import SigmaClip
from photutils.aperture import CircularAperture, aperture_photometry
from photutils.background import Background2D
from photutils.detection import IRAFStarFinder
from photutils.segmentation import make_source_mask
from photutils.utils import calc_total_error
from mesh_spline import spline
from synthetic import field

warnings.simplefilter("ignore")
RADII = [3, 4, 5, 6, 8, 10, 12, 15, 20, 25]
GAIN = 2.0
whole, _ = field(268, 270, 55, 21)


def catalogue(image):
    image = image.astype(float)
    mask = make_source_mask(image, nsigma=3, npixels=5, dilate_size=11)
    clip = SigmaClip(sigma=3.0, maxiters=5)
    mesh = Background2D(image, (64, 64), mask=mask, filter_size=(3, 3), sigma_clip=clip)
    background = spline(mesh.background_mesh, image.shape, (64, 64))
    rms = spline(mesh.background_rms_mesh, image.shape, (64, 64))
    data = image - background
    finder = IRAFStarFinder(fwhm=3.0, threshold=5.0 * mesh.background_rms_median, exclude_border=True,
                            sharplo=0.5, sharphi=2.0, roundlo=0.0, roundhi=0.7)
    stars = finder(data)
    stars.sort("flux", reverse=True)
    error = calc_total_error(data, rms, GAIN)
    at = np.transpose((stars["xcentroid"], stars["ycentroid"]))
    sums = aperture_photometry(data, [CircularAperture(at, r=r) for r in RADII], error=error)
    return stars, sums, mask, mesh


stars, sums, mask, mesh = catalogue(whole[0:256, 0:256])
other = catalogue(whole[7:263, 5:261])[0]
columns = ["xcentroid", "ycentroid", "fwhm", "sharpness", "roundness", "pa", "npix", "sky", "peak", "flux", "mag"]
with open("schmidt_frame.csv", "w") as out:
    out.write(f"# schmidt_frame.py: photutils {photutils.__version__}; masked pixels {int(mask.sum())}; medians of the meshes "
              f"{float(mesh.background_median)!r} {float(mesh.background_rms_median)!r}\n")
    out.write(",".join(columns + [f"{w}_{r}" for r in RADII for w in ("sum", "error")]) + "\n")
    for i, star in enumerate(stars):
        cells = [star[c] for c in columns]
        cells += [sums[f"{w}_{k}"][i] for k in range(len(RADII)) for w in ("aperture_sum", "aperture_sum_err")]
        out.write(",".join(repr(float(c)) for c in cells) + "\n")

# The shift: every pair's difference, two histograms of 401 bins over +-200 pixels, pairs within 3 pixels of both winners, their median.
dx = (np.asarray(other["xcentroid"])[None, :] - np.asarray(stars["xcentroid"])[:, None]).ravel()
dy = (np.asarray(other["ycentroid"])[None, :] - np.asarray(stars["ycentroid"])[:, None]).ravel()
coarse = []
for d in (dx, dy):
    counts, edges = np.histogram(d, bins=401, range=(-200, 200))
    k = int(np.argmax(counts))
    coarse.append((edges[k] + edges[k + 1]) / 2)
near = (np.abs(dx - coarse[0]) < 3) & (np.abs(dy - coarse[1]) < 3)
with open("schmidt_shift.csv", "w") as out:
    out.write(f"# schmidt_frame.py: numpy {np.__version__}\n")
    out.write("coarse_x,coarse_y,x,y,pairs,stars\n")
    values = [coarse[0], coarse[1], np.median(dx[near]), np.median(dy[near]), near.sum(), len(other)]
    out.write(",".join(repr(float(v)) for v in values) + "\n")
