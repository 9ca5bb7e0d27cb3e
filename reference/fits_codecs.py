#!/usr/bin/python3
"""Small files in every tile compression with the pixels that funpack makes of them.
Both columns are gzipped and in base64; pixels are little-endian doubles, row after row (an empty cell for tables).
Run: /usr/bin/python3 reference/fits_codecs.py > reference/fits_codecs.csv"""
import base64
import gzip
import os
import shutil
import subprocess
import tempfile

import numpy as np
from astropy.io import fits

rng = np.random.default_rng(20261121)
y, x = np.mgrid[0:21, 0:26]
stars = 900 * np.exp(-((x - 9) ** 2 + (y - 12) ** 2) / 5.0) + 300 * np.exp(-((x - 20) ** 2 + (y - 4) ** 2) / 7.0)
counts = rng.poisson(1000 + stars).astype("i4")
real = (counts + rng.normal(0, 0.3, counts.shape)).astype("f4")
holes = real.copy()
holes[3, 4] = np.nan
holes[10, 2:9] = 0
wide = np.where(counts % 7 == 0, counts * 100003 - 2**30, counts).astype("i4")
noise = rng.integers(-32768, 32768, counts.shape).astype("i2")
cube = np.stack([counts, counts // 2, counts * 2]).astype("i2")

images = {
    "rice_i16": (counts.astype("i2"), ["-r"]),
    "rice_u8": ((counts // 8).astype("u1"), ["-r"]),
    "rice_i32": (wide, ["-r"]),
    "rice_noise": (noise, ["-r"]),
    "rice_flat": (np.full((9, 70), 7, "i2"), ["-r"]),
    "rice_u16": (counts.astype("u2"), ["-r"]),
    "rice_tiles": (counts.astype("i2"), ["-r", "-t", "7,5"]),
    "rice_cube": (cube, ["-r", "-t", "11,8,2"]),
    "gzip1_i16": (counts.astype("i2"), ["-g1"]),
    "gzip2_i16": (counts.astype("i2"), ["-g2"]),
    "gzip2_i32": (wide, ["-g2"]),
    "gzip1_f32": (real, ["-g1", "-q", "0"]),
    "gzip2_f64": (real.astype("f8"), ["-g2", "-q", "0"]),
    "plio": ((counts > 1200).astype("i2") * 3 + (counts > 1500).astype("i2") * 7000, ["-p"]),
    "hcompress": (counts.astype("i2"), ["-h", "-t", "26,21"]),
    "hcompress_i32": (wide, ["-h", "-t", "26,21"]),
    "hcompress_lossy": (counts.astype("i2"), ["-h", "-s", "4", "-t", "26,21"]),
    "nodither": (real, ["-r", "-q0", "16"]),
    "dither1": (holes, ["-r", "-q", "8"]),
    "dither2": (holes, ["-r", "-qz", "8"]),
    "dither_gzip2": (holes, ["-g2", "-q", "8"]),
    "dither_hcompress": (real, ["-h", "-q", "8"]),
}
version = subprocess.run(["fpack", "-V"], capture_output=True, text=True).stdout.split("\n")[0]
print(f"# {version.strip()} and funpack (options in the script), made by reference/fits_codecs.py")
print("name,file,pixels")


def packed(data):
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


with tempfile.TemporaryDirectory() as folder:
    plain = os.path.join(folder, "a.fits")
    fz = plain + ".fz"
    back = os.path.join(folder, "b.fits")
    for name, (data, options) in images.items():
        for f in (plain, fz, back):
            if os.path.exists(f):
                os.remove(f)
        header = fits.Header()
        header["OBJECT"] = ("codec " + name, "what it is")
        fits.writeto(plain, data, header)
        subprocess.run(["fpack", *options, "-O", fz, plain], check=True)
        subprocess.run(["funpack", "-O", back, fz], check=True)
        with fits.open(back) as hdus:
            values = hdus[0].data.astype("<f8")
        print(f"{name},{packed(open(fz, 'rb').read())},{packed(values.tobytes())}")
    rows = 120
    table = fits.BinTableHDU.from_columns(
        [
            fits.Column("N", "I", array=np.arange(rows) * 3),
            fits.Column("J", "J", array=np.arange(rows) * 1000),
            fits.Column("E", "3E", array=np.arange(3 * rows).reshape(rows, 3) / 8),
            fits.Column("D", "D", array=np.arange(rows) ** 2 / 3.0),
            fits.Column("A", "5A", array=[f"s{i}" for i in range(rows)]),
            fits.Column("V", "PJ()", array=np.array([np.arange(i % 5) for i in range(rows)], dtype=object)),
        ]
    )
    os.remove(plain)
    os.remove(fz)
    table.writeto(plain)
    print(f"table_plain,{packed(open(plain, 'rb').read())},")
    subprocess.run(["fpack", "-table", "-O", fz, plain], check=True)
    print(f"table,{packed(open(fz, 'rb').read())},")
