#!/usr/bin/python3
"""Shape, sum and first and last pixel of every image, and sums of every table column, in the zoo of FITS files, as astropy reads them.
Run: /usr/bin/python3 reference/fits_zoo.py ../shared/data/fits-zoo > reference/fits_zoo.csv"""
import os
import subprocess
import sys
import warnings

import astropy
import numpy as np
from astropy.io import fits

warnings.simplefilter("ignore")
root = sys.argv[1]
print(f"# astropy {astropy.__version__} (defaults; compressed tables through funpack), made by reference/fits_zoo.py")
print("path,hdu,part,shape,sum,undefined,first,last")


def number(x):
    return "nan" if not np.isfinite(x) else repr(float(x))


def row(path, hdu, part, shape, data, undefined):
    flat = np.asarray(data, dtype=np.float64).ravel()
    good = flat[np.isfinite(flat)]
    first = number(flat[0]) if flat.size else "nan"
    last = number(flat[-1]) if flat.size else "nan"
    print(f"{path},{hdu},{part},{'x'.join(map(str, shape))},{float(np.sum(good))!r},{undefined},{first},{last}")


def text_sum(values):
    total = 0
    for v in np.asarray(values).ravel():
        v = v.decode("latin1") if isinstance(v, bytes) else str(v)
        total += sum((i + 1) * ord(c) for i, c in enumerate(v.rstrip(" ")))
    return total


for folder, _, names in sorted(os.walk(root)):
    for name in sorted(names):
        full = os.path.join(folder, name)
        path = os.path.relpath(full, root)
        if not name.endswith((".fits", ".fit", ".fz", ".gz", ".std")) or "," in path:
            continue
        try:
            hdus = fits.open(full, ignore_missing_simple=False)
            for i in range(1000):
                try:
                    hdu = hdus[i]
                except IndexError:
                    break
                try:
                    data = hdu.data
                except Exception:
                    continue
                if data is None or isinstance(hdu, fits.GroupsHDU):
                    continue
                if hdu.is_image:
                    row(path, i, "image", data.shape, data, int(np.sum(~np.isfinite(data))))
                    continue
                if hdu.header.get("ZTABLE"):
                    subprocess.run(["funpack", "-O", "/tmp/fits_zoo_unpacked.fits", full], check=True)
                    hdu = fits.open("/tmp/fits_zoo_unpacked.fits", memmap=False)[i]
                    os.remove("/tmp/fits_zoo_unpacked.fits")
                    data = hdu.data
                for n, column in enumerate(hdu.columns):
                    try:
                        if len(data) == 0:
                            continue
                        values = data.field(n)
                        form = column.format
                        if "P" in form or "Q" in form:
                            if "A" in form:
                                continue
                            values = np.concatenate([np.ravel(v) for v in values]) if len(values) else np.array([])
                            if form.split("P")[-1].startswith("L") or form.split("Q")[-1].startswith("L"):
                                values = values == ord("T")
                        if column.null is not None and values.dtype.kind in "iuf" and isinstance(hdu, fits.BinTableHDU):
                            null = column.null * (column.bscale or 1) + (column.bzero or 0)
                            values = np.where(values == null, np.nan, values.astype(float))
                        if values.dtype.kind in "SU" or values.dtype.kind == "O":
                            print(f"{path},{i},{n + 1},text,{float(text_sum(values))!r},0,0,0")
                        elif values.dtype.kind == "c":
                            row(path, i, n + 1, ("complex",), values.real + 2 * values.imag, 0)
                        else:
                            row(path, i, n + 1, (len(values),), values, 0)
                    except Exception:
                        continue
        except Exception:
            continue
