#!/usr/bin/python3
"""transit_orbit.csv: distance of the centres on the sky for eccentric orbits, through perifocal vectors and Kepler's equation by bisection."""
import numpy as np
from scipy.optimize import brentq

rng = np.random.default_rng(1609)
with open("transit_orbit.csv", "w") as out:
    out.write("# transit_orbit.py: scipy 1.10.1 brentq, numpy rotations of perifocal coordinates; -1 in distance: planet behind the star\n")
    out.write("period,tc,axis,inclination,e,omega,time,distance\n")
    for _ in range(60):
        period, tc, axis = rng.uniform(1, 20), rng.uniform(-5, 5), rng.uniform(3, 30)
        inc, e, w = rng.uniform(80, 95), rng.choice([0.0, 0.01, 0.3, 0.7, 0.95]), rng.uniform(0, 360)
        t = tc + period * rng.choice([rng.uniform(-0.05, 0.05), rng.uniform(-3, 3)])
        kepler = lambda E: E - e * np.sin(E)
        f0 = np.pi / 2 - np.radians(w)
        E0 = np.arctan2(np.sqrt(1 - e * e) * np.sin(f0), e + np.cos(f0))
        M = kepler(E0) + 2 * np.pi * (t - tc) / period
        E = brentq(lambda E: kepler(E) - M, M - 1.1, M + 1.1, xtol=1e-15, rtol=1e-15)
        x, y = axis * (np.cos(E) - e), axis * np.sqrt(1 - e * e) * np.sin(E)
        cw, sw, ci, si = np.cos(np.radians(w)), np.sin(np.radians(w)), np.cos(np.radians(inc)), np.sin(np.radians(inc))
        X, Y1 = x * cw - y * sw, x * sw + y * cw
        Y, Z = Y1 * ci, Y1 * si  # Z > 0 towards the observer at inferior conjunction
        d = np.hypot(X, Y) if Z > 0 else -1.0
        out.write(",".join(repr(float(v)) for v in (period, tc, axis, inc, e, w, t, d)) + "\n")
