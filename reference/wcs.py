#!/usr/bin/python3
"""wcs.csv: pixel <-> sky of several TAN headers (CD, PC with CDELT, CDELT with CROTA2, TAN-SIP, LONPOLE) by astropy.wcs."""
import warnings
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)
base = dict(CTYPE1="RA---TAN", CTYPE2="DEC--TAN", CRPIX1=512.5, CRPIX2=300.25, CRVAL1=31.042825, CRVAL2=46.687833)
sip = dict(A_ORDER=3, A_2_0=2.1e-5, A_1_1=-1.3e-5, A_0_2=3.3e-6, A_3_0=-4e-9, A_1_2=2e-9, B_ORDER=3, B_2_0=-7e-6, B_1_1=1.9e-5, B_0_2=-2.2e-5, B_0_3=3e-9, B_2_1=-5e-9)
headers = {
    "cd": base | dict(CD1_1=-1.1e-3, CD1_2=9e-4, CD2_1=8.8e-4, CD2_2=1.12e-3),
    "pc": base | dict(CDELT1=-1.4e-3, CDELT2=1.4e-3, PC1_1=0.8, PC1_2=0.6, PC2_1=-0.6, PC2_2=0.8),
    "cdelt": base | dict(CDELT1=-1.4e-3, CDELT2=1.3e-3),
    "crota": base | dict(CDELT1=-1.4e-3, CDELT2=1.3e-3, CROTA2=37.5),
    "sip": base | sip | dict(CTYPE1="RA---TAN-SIP", CTYPE2="DEC--TAN-SIP", CD1_1=-1.1e-3, CD1_2=9e-4, CD2_1=8.8e-4, CD2_2=1.12e-3),
    "pole": base | dict(CRVAL1=200.0, CRVAL2=89.5, CDELT1=-2e-3, CDELT2=2e-3, CROTA2=-170.0),
    "south": base | dict(CRVAL1=0.1, CRVAL2=-89.9, CDELT1=-2e-3, CDELT2=2e-3),
    "lonpole": base | dict(CDELT1=-1.4e-3, CDELT2=1.4e-3, LONPOLE=150.0),
    "wrap": base | dict(CRVAL1=359.9999, CRVAL2=-5.0, CDELT1=1.4e-3, CDELT2=1.4e-3),
}
with open("wcs_headers.csv", "w") as out:
    out.write("# wcs.py: headers used for wcs.csv\nname,keyword,value\n")
    for name, cards in headers.items():
        for key, value in cards.items():
            out.write(f"{name},{key},{value}\n")
with open("wcs.csv", "w") as out:
    out.write("# wcs.py: astropy 5.2.1 (wcslib), all_pix2world with origin 0\nname,x,y,ra,dec\n")
    for name, cards in headers.items():
        header = fits.Header()
        header["NAXIS"], header["NAXIS1"], header["NAXIS2"] = 2, 1024, 600
        for key, value in cards.items():
            header[key] = value
        w = WCS(header)
        for _ in range(12):
            x, y = rng.uniform(0, 1023), rng.uniform(0, 599)
            ra, dec = w.all_pix2world(x, y, 0)
            out.write(f"{name},{float(x)!r},{float(y)!r},{float(ra)!r},{float(dec)!r}\n")
