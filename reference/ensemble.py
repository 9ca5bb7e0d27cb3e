#!/usr/bin/python3
"""ensemble_fluxes.csv, ensemble_broeg.csv, ensemble_prose.csv, ensemble_prose_curve.csv: comparison-star weights by plain numpy loops,
written from the published algorithm (Broeg, Fernandez & Neuhaeuser 2005) and from the description of prose 2.3 in words."""
import numpy as np

rng = np.random.default_rng(134)
frames, stars, apertures, target = 65, 9, 3, 2
t = np.linspace(0, 1, frames)
cloud = 1 + 0.05 * np.sin(5 * t) + 0.02 * rng.normal(size=frames)
level = 10 ** rng.uniform(3.5, 5, stars)
flux = np.empty((apertures, frames, stars))
error = np.empty_like(flux)
for a in range(apertures):
    part = 0.7 + 0.1 * a
    for s in range(stars):
        f = level[s] * part * cloud
        if s == 4:
            f = f * (1 + 0.03 * np.sin(9 * t))  # a variable star
        if s == target:
            f = f * (1 - 0.01 * (abs(t - 0.5) < 0.15))
        e = np.sqrt(f + 400 * (1 + a))
        flux[a, :, s], error[a, :, s] = f + e * rng.normal(size=frames), e
flux, error = np.round(flux, 3), np.round(error, 3)
with open("ensemble_fluxes.csv", "w") as out:
    out.write("# ensemble.py: made up; numpy default_rng(134)\naperture,frame,star,flux,error\n")
    for a in range(apertures):
        for i in range(frames):
            for s in range(stars):
                out.write(f"{a},{i},{s},{flux[a, i, s]!r},{error[a, i, s]!r}\n".replace("np.float64(", "").replace(")", ""))

# As published: each star against the weighted mean of all others, w = 1/sigma^2, until the weights stand still.
with open("ensemble_broeg.csv", "w") as out:
    out.write(f"# ensemble.py: numpy {np.__version__}, 1/sigma^2, 2000 rounds, aperture 1, all stars but {target}\nstar,weight,scatter\n")
    chosen = [s for s in range(stars) if s != target]
    F = np.array([flux[1, :, s] / flux[1, :, s].mean() for s in chosen])
    E = np.array([error[1, :, s] / flux[1, :, s].mean() for s in chosen])
    w = 1 / (E**2).mean(1)
    w /= w.sum()
    for _ in range(2000):
        s = np.empty(len(chosen))
        for i in range(len(chosen)):
            others = [j for j in range(len(chosen)) if j != i]
            artificial = sum(w[j] * F[j] for j in others) / sum(w[j] for j in others)
            curve = F[i] / artificial
            s[i] = curve.std() / curve.mean()
        w = 1 / s**2
        w /= w.sum()
    for i, star in enumerate(chosen):
        out.write(f"{star},{float(w[i])!r},{float(s[i])!r}\n")

# As prose 2.3 computes it.
def groups(y):
    n = min(12, len(y))
    return np.mean([np.std(y[k * n:(k + 1) * n]) for k in range(len(y) // n)])

def against(F, w, i):
    others = [j for j in range(stars) if j != i]
    return F[i] / (sum(w[j] * F[j] for j in others) / sum(w[j] for j in others))

def prose(which):
    F = [np.array([flux[a, :, s] / flux[a, :, s].mean() for s in range(stars)]) for a in which]
    E = [np.array([error[a, :, s] / flux[a, :, s].mean() for s in range(stars)]) for a in which]
    n, last, w, rounds = len(which), np.zeros(len(which)), None, 0
    while rounds < 200:
        w = [np.array([1 / groups(F[a][s] if rounds == 0 else against(F[a], w[a], s)) for s in range(stars)]) for a in range(n)]
        now = np.array([x.mean() for x in w])
        evolution, last, rounds = np.std(abs(now - last)), now, rounds + 1
        if not evolution > 1e-2:
            break
    for x in w:
        x[target] = 0
    order = [np.argsort(x)[::-1] for x in w]
    unit, lowest = np.zeros(stars), 1e12
    for kept in range(1, stars):
        for o in order:
            unit[o[kept - 1]] = 1
        white = min(groups(against(F[a], unit, target)) for a in range(n))
        if not white < lowest:
            break
        lowest = white
    curves, errors = [], []
    for a in range(n):
        unit = np.zeros(stars)
        unit[order[a][:kept]] = 1
        curves.append(against(F[a], unit, target))
        others = [j for j in range(stars) if j != target]
        errors.append(np.sqrt(E[a][target] ** 2 + sum(unit[j] ** 2 * E[a][j] ** 2 for j in others) / sum(unit[j] ** 2 for j in others)))
    return w, order, kept, curves, errors, int(np.argmin([groups(c) for c in curves])), rounds

with open("ensemble_prose.csv", "w") as out, open("ensemble_prose_curve.csv", "w") as curve:
    out.write(f"# ensemble.py: numpy {np.__version__}; apertures 3 = all, 1 = aperture 1 alone\napertures,aperture,star,weight,rank,kept,best,rounds\n")
    curve.write(f"# ensemble.py: numpy {np.__version__}, all apertures\naperture,frame,flux,error\n")
    for which in ([0, 1, 2], [1]):
        w, order, kept, curves, errors, best, rounds = prose(which)
        for a in range(len(which)):
            for s in range(stars):
                out.write(f"{len(which)},{a},{s},{float(w[a][s])!r},{int(np.where(order[a] == s)[0][0])},{kept},{best},{rounds}\n")
            if len(which) > 1:
                for i in range(frames):
                    curve.write(f"{a},{i},{float(curves[a][i])!r},{float(errors[a][i])!r}\n")
        print(len(which), "kept", kept, "best", best, "rounds", rounds)
