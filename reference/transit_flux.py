#!/usr/bin/python3
"""transit_flux.csv: quadratic limb-darkened transits by direct integration over rings of the star, 30 digits.

blocked = integral over r of I(r) 2 r acos((r^2 + b^2 - k^2) / (2 r b)), split where the ring meets the planet's edge."""
import mpmath as mp
import random

mp.mp.dps = 30
random.seed(2002)


def flux(b, k, u1, u2):
    """b, k: doubles as they are. Intensity 1 - u1 (1 - mu) - u2 (1 - mu)^2."""
    b, k, u1, u2 = map(mp.mpf, (b, k, u1, u2))
    total = mp.pi * (1 - u1 / 3 - u2 / 6)

    def intensity(mu):
        return 1 - u1 * (1 - mu) - u2 * (1 - mu) ** 2

    def antiderivative(r):  # of I(r) 2 pi r
        mu = mp.sqrt(max(0, 1 - r * r))
        # integral of I(mu) 2 pi mu dmu from mu to 1
        f = lambda m: 2 * mp.pi * ((1 - u1 - u2) * m**2 / 2 + (u1 + 2 * u2) * m**3 / 3 - u2 * m**4 / 4)
        return f(mp.mpf(1)) - f(mu)

    blocked = mp.mpf(0)
    if k > b:
        blocked += antiderivative(min(mp.mpf(1), k - b))
    low, high = abs(b - k), min(mp.mpf(1), b + k)
    if low < high:
        def ring(t):  # r = low + (high - low) sin^2(t): no square-root ends
            r = low + (high - low) * mp.sin(t) ** 2
            c = (r * r + b * b - k * k) / (2 * r * b)
            return intensity(mp.sqrt(max(0, 1 - r * r))) * 2 * r * mp.acos(min(1, max(-1, c))) * (high - low) * mp.sin(2 * t)
        blocked += mp.quad(ring, mp.linspace(0, mp.pi / 2, 5))
    return 1 - blocked / total


with open("transit_flux.csv", "w") as out:
    out.write(f"# transit_flux.py: mpmath {mp.__version__}, 30 digits, tanh-sinh\nb,k,u1,u2,flux\n")
    laws = [(0.4, 0.25), (0.6, 0.0), (0.0, 0.0), (0.1, 0.7)]
    n = 0
    for k in (0.001, 0.0123, 0.1476, 0.3, 0.5, 0.9, 1.0, 1.3, 4.0):
        places = set()
        for centre in (0.0, k, abs(1 - k), 1 + k):
            for e in (0, 1e-3, 1e-6, 1e-9, 1e-12):
                for sign in (-1, 1):
                    if centre + sign * e >= 0:
                        places.add(centre + sign * e)
        places.update(random.uniform(0, 1 + k) for _ in range(5))
        for b in sorted(places):
            law = laws[n % len(laws)]
            n += 1
            value = flux(b, k, *law) if b > 0 else (flux(0.0, k, *law) if k >= 1 else None)
            if b == 0 and k < 1:  # the ring integral is closed
                u1, u2 = map(mp.mpf, law)
                mu = mp.sqrt(1 - mp.mpf(k) ** 2)
                f = lambda m: (1 - u1 - u2) * m**2 / 2 + (u1 + 2 * u2) * m**3 / 3 - u2 * m**4 / 4
                value = 1 - 2 * (f(1) - f(mu)) / (1 - u1 / 3 - u2 / 6)
            out.write(f"{b!r},{k!r},{law[0]},{law[1]},{mp.nstr(value, 16, min_fixed=-50, max_fixed=50)}\n")
print(n)
