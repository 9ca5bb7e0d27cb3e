"""make_source_mask and prose's segmented peaks on finder_image.csv (star_finders.py) -> source_mask.csv, segmented_peaks.csv."""
import warnings

import numpy as np
import photutils
import skimage
from photutils.segmentation import make_source_mask
from skimage.measure import label, regionprops

warnings.simplefilter("ignore")
image = np.loadtxt("finder_image.csv", delimiter=",", skiprows=2)
with open("source_mask.csv", "w") as f:
    f.write(f"# photutils {photutils.__version__} make_source_mask on finder_image.csv by reference/source_mask.py: hexadecimal rows of bits\n")
    f.write("nsigma,npixels,dilate_size,row,bits\n")
    for nsigma, npixels, dilate in ((3, 5, 11), (2, 3, 1), (5, 12, 3)):
        mask = make_source_mask(image, nsigma=nsigma, npixels=npixels, dilate_size=dilate)
        for y, row in enumerate(mask):
            f.write(f"{nsigma},{npixels},{dilate},{y},{np.packbits(row).tobytes().hex()}\n")

# prose 2.3: threshold = median + 4 * std of the pixels closer to the median than one std; label; area, minor axis, Euler number.
image = image + 300
flat = image.flatten()
median = np.nanmedian(flat)
sigma = np.nanstd(flat[np.abs(flat - median) < np.nanstd(flat)])
with open("segmented_peaks.csv", "w") as f:
    f.write(f"# scikit-image {skimage.__version__} regionprops on finder_image.csv + 300 by reference/source_mask.py: areas above median + 4 sigma\n")
    f.write("x,y,peak,area,major,minor,euler\n")
    for r in sorted(regionprops(label(image > median + 4 * sigma), image), key=lambda r: -r.intensity_max):
        y, x = r.weighted_centroid
        f.write(f"{x!r},{y!r},{float(r.intensity_max)!r},{r.area},{r.major_axis_length!r},{r.minor_axis_length!r},{r.euler_number}\n")
