"""Circular apertures on a synthetic picture (synthetic.py): photutils exact, SEP subpix=0, local sky by photutils and astropy."""
import warnings
import numpy as np
import photutils
import sep
from astropy.stats import SigmaClip, sigma_clipped_stats
from photutils.aperture import CircularAnnulus, CircularAperture, aperture_photometry
from synthetic import field

warnings.simplefilter("ignore")
RADII = (0.3, 0.8, 1.5, 2.5, 3.0, 3.7, 5.0, 8.0, 12.5, 20.0)
image, stars = field(160, 140, 24, 11)
image64 = image.astype(float)
# uncertainty: sky noise and photons at gain 2, as float32; C# makes it by the same expression
sigma = np.sqrt(np.float32(100) + image / np.float32(2)).astype(np.float32)
mask = np.zeros(image.shape, bool)
mask[::7, ::5] = True
with open(__file__.replace(".py", ".csv"), "w") as out:
    out.write(f"# aperture_sums.py: photutils {photutils.__version__} exact, SEP {sep.__version__} subpix=0; picture: synthetic.py 160 140 24 seed 11;"
              " annulus 9-15, 3 sigma, 5 rounds; masked: every 7th row and 5th column\n")
    out.write("star,x,y,radius,sum,error_f2,error_f,sum_masked,area_masked,sep_sum,sep_masked,sky_mean,sky_median,sky_std,sky_count\n")
    for i, (x, y) in enumerate(stars):
        ring = CircularAnnulus((x, y), 9, 15).to_mask(method="center")
        values = ring.get_values(image64)
        mean, median, std = sigma_clipped_stats(values)
        count = len(SigmaClip()(values, masked=False))
        for r in RADII:
            inside = x - r >= -0.5 and y - r >= -0.5 and x + r <= 159.5 and y + r <= 139.5
            if not inside:
                continue
            aperture = CircularAperture((x, y), r)
            table = aperture_photometry(image64, aperture, error=sigma.astype(float), method="exact")
            masked = aperture_photometry(image64, aperture, mask=mask, method="exact")
            area = aperture.area_overlap(image64, mask=mask, method="exact")
            weights = aperture.to_mask(method="exact")
            cut = weights.cutout(sigma.astype(float)) ** 2
            f2 = np.sqrt(np.sum(weights.data ** 2 * cut))
            by_sep = sep.sum_circle(image64, [x], [y], r, subpix=0)[0][0]
            by_sep_masked = sep.sum_circle(image64, [x], [y], r, subpix=0, mask=mask)[0][0]
            out.write(f"{i},{x!r},{y!r},{r},{table['aperture_sum'][0]!r},{f2!r},{table['aperture_sum_err'][0]!r},"
                      f"{masked['aperture_sum'][0]!r},{area!r},{by_sep!r},{by_sep_masked!r},{mean!r},{median!r},{std!r},{count}\n")
