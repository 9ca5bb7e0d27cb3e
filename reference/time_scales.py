#!/usr/bin/python3
"""time_scales.csv: random instants 1972-2035 in UTC, TAI, TT and TDB, Greenwich mean sidereal time. precession.csv: FK5 and FK4 places as ICRS.
airmass.csv: true altitude of random stars. All by astropy 5.2.1 / ERFA 2.0.0 with UT1 = UTC, no IERS tables."""
import numpy as np, erfa, warnings
from astropy import units as u
from astropy.time import Time
from astropy.coordinates import SkyCoord, FK4, FK5
warnings.simplefilter("ignore")
rng = np.random.default_rng(20171220)
days = rng.integers(2441318, 2464328, 120) - 0.5
seconds = rng.uniform(0, 86400, 120)
seconds[:3], days[:3] = [86399.5, 86400.25, 0.5], [2457753.5, 2457753.5, 2457754.5]
with open("time_scales.csv", "w") as out:
    out.write("# time_scales.py: astropy 5.2.1, ERFA 2.0.0 (full TDB-TT series at the geocentre); seconds since the midnight that day begins with\n")
    out.write("iso_utc,day,utc_seconds,tai_minus_utc,tdb_minus_tt,gmst_radians\n")
    for d, s in zip(days, seconds):
        y, m, dd, _ = erfa.jd2cal(d, 0.0)
        s = round(s, 6)
        h = min(int(s // 3600), 23); mi = min(int((s - 3600 * h) // 60), 59)
        text = f"{y:04d}-{m:02d}-{dd:02d}T{h:02d}:{mi:02d}:{s - 3600 * h - 60 * mi:09.6f}"
        offset = erfa.dat(y, m, dd, 0.0)
        tt = (s + offset + 32.184) / 86400
        tdb = erfa.dtdb(d, tt, 0.0, 0.0, 0.0, 0.0)
        t = Time(text, scale="utc")
        assert abs((t.tai.jd1 - d + t.tai.jd2) * 86400 - s - offset) < 1e-6
        out.write(f"{text},{d!r},{s!r},{float(offset)!r},{float(tdb)!r},{float(erfa.gmst06(d, s / 86400, d, tt))!r}\n".replace("np.float64", ""))
with open("precession.csv", "w") as out:
    out.write("# time_scales.py: astropy 5.2.1 FK5(equinox)/FK4(B1950, obstime B1950) to ICRS, degrees\nframe,year,ra,dec,icrs_ra,icrs_dec\n")
    for i in range(60):
        ra, dec = rng.uniform(0, 360), np.degrees(np.arcsin(rng.uniform(-1, 1)))
        if i < 40:
            year = round(rng.uniform(1900, 2050), 3)
            c = SkyCoord(ra, dec, unit="deg", frame=FK5(equinox=Time(year, format="jyear"))).icrs
            name = "FK5"
        else:
            year, name = 1950.0, "FK4"
            c = SkyCoord(ra, dec, unit="deg", frame=FK4(equinox="B1950", obstime="B1950")).icrs
        out.write(f"{name},{year},{float(ra)!r},{float(dec)!r},{float(c.ra.deg)!r},{float(c.dec.deg)!r}\n")
with open("airmass.csv", "w") as out:
    out.write("# time_scales.py: ERFA 2.0.0 atco13 with UT1 = UTC, no polar motion, pressure 0 (true altitude), 4 other columns with pressure 1013.25*exp(-h/8400), 10 C, 0.55 um\n")
    out.write("utc_day,utc_fraction,ra,dec,latitude,longitude,height,altitude_true,altitude_apparent\n")
    n = 0
    while n < 60:
        ra, dec = rng.uniform(0, 360), np.degrees(np.arcsin(rng.uniform(-1, 1)))
        lat, lon, height = rng.uniform(-80, 80), rng.uniform(-180, 180), rng.uniform(0, 4200)
        d, f = float(rng.integers(2447893, 2464328)) - 0.5, rng.uniform()
        zenith = [erfa.atco13(np.radians(ra), np.radians(dec), 0, 0, 0, 0, d, f, 0.0, np.radians(lon), np.radians(lat), height, 0, 0, p, 10, 0.3, 0.55)[1] for p in (0.0, 1013.25 * np.exp(-height / 8400))]
        true, apparent = 90 - np.degrees(zenith)
        if true < 5:
            continue
        n += 1
        out.write(",".join(repr(float(v)) for v in (d, f, ra, dec, lat, lon, height, true, apparent)) + "\n")
