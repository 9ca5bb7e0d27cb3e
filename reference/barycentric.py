#!/usr/bin/python3
"""barycentric.csv: BJD_TDB and the light time to the Sun for 500 random dates, sites and targets."""
import warnings
import numpy as np
from astropy import units as u
from astropy.coordinates import EarthLocation, SkyCoord, solar_system_ephemeris
from astropy.time import Time
from astropy.utils import iers

warnings.simplefilter("ignore")
iers.conf.auto_download = False
iers.conf.iers_degraded_accuracy = "ignore"
solar_system_ephemeris.set("builtin")
rng = np.random.default_rng(1990)
with open("barycentric.csv", "w") as out:
    out.write("# barycentric.py: astropy 5.2.1, light_travel_time with the built-in ephemeris (ERFA epv00), bundled IERS tables\n")
    out.write("day,seconds,latitude,longitude,height,ra,dec,bjd_tdb_minus_jd_utc_s,hjd_utc_minus_jd_utc_s\n")
    for _ in range(500):
        day = float(rng.integers(2447893, 2464694)) - 0.5  # 1990-01-01 .. 2035-12-31
        seconds = round(float(rng.uniform(0, 86399)), 3)
        lat, lon, height = round(float(rng.uniform(-85, 85)), 4), round(float(rng.uniform(-180, 180)), 4), round(float(rng.uniform(0, 5000)), 1)
        ra, dec = round(float(rng.uniform(0, 360)), 6), round(float(np.degrees(np.arcsin(rng.uniform(-1, 1)))), 6)
        place = EarthLocation.from_geodetic(lon, lat, height)
        t = Time(day, 0, format="jd", scale="utc", location=place) + seconds * u.s  # elapsed seconds, also on the day of a leap second
        star = SkyCoord(ra, dec, unit="deg")
        bary, helio = t.light_travel_time(star, "barycentric"), t.light_travel_time(star, "heliocentric")
        bjd = t.tdb + bary
        total = ((bjd.jd1 - day) + bjd.jd2 - seconds / 86400) * 86400
        out.write(f"{day!r},{seconds!r},{lat},{lon},{height},{ra},{dec},{total:.7f},{helio.to_value(u.s):.7f}\n")
