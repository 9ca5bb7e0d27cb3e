#!/usr/bin/python3
"""periods_data.csv, lomb_scargle.csv, box_least_squares.csv: astropy.timeseries."""
import astropy, numpy as np
from astropy.timeseries import LombScargle, BoxLeastSquares
from astropy.timeseries.periodograms.lombscargle._statistics import fap_baluev

rng = np.random.default_rng(1982)
n = 200
t = np.sort(rng.uniform(0, 12, n))
dy = rng.uniform(0.002, 0.005, n)
y = 1 + 0.004 * np.sin(2 * np.pi * t / 0.73) - 0.012 * (((t - 0.4 + 0.05) % 1.7) < 0.1) + dy * rng.normal(size=n)
with open("periods_data.csv", "w") as out:
    out.write("# periods.py: made up\ntime,flux,error\n")
    for row in zip(t, y, dy):
        out.write(",".join(repr(float(v)) for v in row) + "\n")
ls = LombScargle(t, y, dy)
f = np.linspace(0.05, 5, 60)
p = ls.power(f, method="slow")
with open("lomb_scargle.csv", "w") as out:
    out.write(f"# periods.py: astropy {astropy.__version__} LombScargle(t, y, dy).power(method='slow'); standard normalisation, floating mean; Baluev false-alarm probability, maximum frequency 5\n")
    out.write("frequency,power,false_alarm\n")
    for a, b in zip(f, p):
        out.write(f"{float(a)!r},{float(b)!r},{float(fap_baluev(b, 5.0, t, y, dy))!r}\n")
bls = BoxLeastSquares(t, y, dy)
periods = np.linspace(0.9, 3.0, 60)
durations = [0.05, 0.1, 0.16]
r = bls.power(periods, durations, objective="likelihood", method="slow", oversample=10)
with open("box_least_squares.csv", "w") as out:
    out.write(f"# periods.py: astropy {astropy.__version__} BoxLeastSquares, durations {durations}, likelihood, oversample 10, method slow; transit_time in 0 … period from the first time\nperiod,power,depth,depth_error,duration,transit_time\n")
    for row in zip(periods, r.power, r.depth, r.depth_err, r.duration, r.transit_time):
        out.write(",".join(repr(float(v)) for v in row) + "\n")
print("best", periods[np.argmax(r.power)])
