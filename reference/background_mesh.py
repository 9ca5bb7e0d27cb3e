"""Background2D of a synthetic picture (synthetic.py): medians, meshes and points of the maps."""
import warnings
import numpy as np
import photutils
from astropy.stats import SigmaClip
from photutils.background import (Background2D, BiweightLocationBackground, BiweightScaleBackgroundRMS, BkgIDWInterpolator,
                                  BkgZoomInterpolator, MADStdBackgroundRMS, MeanBackground, MedianBackground, MMMBackground,
                                  SExtractorBackground, StdBackgroundRMS)
from mesh_spline import spline
from synthetic import field

warnings.simplefilter("ignore")
LEVELS = {"SExtractor": SExtractorBackground, "Median": MedianBackground, "Mean": MeanBackground, "Mode": MMMBackground,
          "Biweight": BiweightLocationBackground}
SPREADS = {"StandardDeviation": StdBackgroundRMS, "MedianAbsoluteDeviation": MADStdBackgroundRMS, "Biweight": BiweightScaleBackgroundRMS}
# width, height, stars, box, filter, level, spread, clip (0 = none), exclude, mask pixels above (0 = none), interpolation
CASES = [
    (128, 128, 25, 16, 3, "SExtractor", "StandardDeviation", 3, 50, 0, "Bicubic"),
    (208, 150, 40, 16, 3, "SExtractor", "StandardDeviation", 3, 10, 0, "Bicubic"),
    (120, 120, 25, 32, 3, "SExtractor", "StandardDeviation", 3, 10, 0, "Bicubic"),
    (170, 175, 12, 25, 5, "Median", "MedianAbsoluteDeviation", 3, 50, 0, "Bicubic"),
    (112, 112, 12, 16, 1, "Mean", "Biweight", 2.5, 50, 0, "Bicubic"),
    (112, 112, 12, 16, 3, "Mode", "StandardDeviation", 3, 100, 0, "Bicubic"),
    (112, 112, 12, 16, 3, "Biweight", "StandardDeviation", 3, 50, 1060, "Bicubic"),
    (96, 80, 12, 16, 3, "SExtractor", "StandardDeviation", 0, 10, 0, "Bicubic"),
    (96, 96, 12, 32, 1, "Median", "StandardDeviation", 3, 13, 1080, "Bicubic"),
    (40, 100, 3, 64, 3, "Median", "StandardDeviation", 3, 50, 0, "Bicubic"),
    (50, 60, 3, 100, 3, "Median", "StandardDeviation", 3, 10, 0, "Bicubic"),
    (150, 100, 12, 25, 3, "Median", "StandardDeviation", 3, 50, 0, "InverseDistance"),
    (96, 96, 12, 32, 1, "Median", "StandardDeviation", 3, 13, 1080, "InverseDistance"),
]


random = np.random.default_rng(3)
with open(__file__.replace(".py", ".csv"), "w") as out:
    out.write(f"# background_mesh.py: photutils {photutils.__version__} Background2D, clipping of 10 rounds; picture: synthetic.py, seed 7\n")
    out.write("width,height,stars,box,filter,estimator,spread,clip,exclude,mask_above,interpolation,what,x,y,level,rms\n")
    for case in CASES:
        width, height, stars, box, size, level, spread, clip, exclude, above, interpolation = case
        image, _ = field(width, height, stars, 7)
        clipper = SigmaClip(sigma=clip, maxiters=10) if clip else None
        mask = image > above if above else None
        interpolator = BkgZoomInterpolator() if interpolation == "Bicubic" else BkgIDWInterpolator()
        found = Background2D(image, box, mask=mask, filter_size=size, exclude_percentile=exclude, sigma_clip=clipper,
                             bkg_estimator=LEVELS[level](), bkgrms_estimator=SPREADS[spread](), interpolator=interpolator)
        head = ",".join(str(v) for v in case)
        out.write(f"{head},median,,,{found.background_median!r},{found.background_rms_median!r}\n")
        mesh, noise = found.background_mesh, found.background_rms_mesh
        excluded = np.isnan(found.background_mesh_masked)
        print(case, mesh.shape, "excluded", excluded.sum())
        for (y, x), value in np.ndenumerate(mesh):
            out.write(f"{head},mesh,{x},{y},{value!r},{noise[y, x]!r}\n")
        level_map, rms_map, what = found.background, found.background_rms, "map"
        if interpolation == "Bicubic" and min(mesh.shape) < 7:
            side = (min(box, height), min(box, width))
            level_map, rms_map, what = spline(mesh, image.shape, side), spline(noise, image.shape, side), "spline"
        elif interpolation == "Bicubic":
            print("spline - photutils", abs(spline(mesh, image.shape, (box, box)) - level_map).max())
        points = [(random.integers(width), random.integers(height)) for _ in range(40)]
        points += [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)]
        for x, y in points:
            out.write(f"{head},{what},{x},{y},{level_map[y, x]!r},{rms_map[y, x]!r}\n")
