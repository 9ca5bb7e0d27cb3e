"""Cosmic rays on a small field: /usr/bin/python3 reference/cosmic_rays.py

Two answers: L.A.Cosmic as published, written out with scipy (edges continued by the edge pixels), and astroscrappy (through
ccdproc's dependency), full median filters in both."""
import os
import astroscrappy, numpy as np, scipy
from scipy import ndimage

HERE = os.path.dirname(os.path.abspath(__file__))
N, GAIN, RN, SKY = 72, 1.5, 6.0, 150.0
CLIP, FRAC, OBJ = 4.5, 0.3, 5.0
rng = np.random.RandomState(4)
y, x = np.mgrid[0:N, 0:N]
image = np.full((N, N), SKY)
cores = np.zeros((N, N), bool)
for _ in range(14):
    cx, cy, flux = rng.uniform(4, N - 4), rng.uniform(4, N - 4), 10 ** rng.uniform(3.0, 5.0)
    alpha = 1.4 / np.sqrt(2 ** (1 / 3.0) - 1)
    r2 = (x - cx) ** 2 + (y - cy) ** 2
    image += flux * 2 / (np.pi * alpha**2) * (1 + r2 / alpha**2) ** -3.0
    cores |= r2 < 2.0**2
electrons = rng.poisson(image * GAIN) + rng.normal(0, RN, (N, N))
truth = np.zeros((N, N), bool)
for _ in range(22):
    px, py, angle, length, charge = rng.uniform(0, N), rng.uniform(0, N), rng.uniform(0, 2 * np.pi), rng.uniform(1, 6), rng.uniform(500, 4000)
    for step in np.arange(0, length, 0.5):
        i, j = int(px + step * np.cos(angle)), int(py + step * np.sin(angle))
        if 0 <= i < N and 0 <= j < N:
            electrons[j, i] += charge / 2
            truth[j, i] = True
adu = np.round(electrons / GAIN + 0.0)


def published(frame):
    clean = (frame * GAIN).astype(np.float32)
    found = np.zeros(frame.shape, bool)
    for _ in range(4):
        fine = np.repeat(np.repeat(clean, 2, axis=0), 2, axis=1)
        laplacian = ndimage.convolve(fine, np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], np.float32), mode="nearest")
        laplacian[laplacian < 0] = 0
        laplacian = laplacian.reshape(N, 2, N, 2).mean(axis=(1, 3))
        noise = np.sqrt(np.maximum(ndimage.median_filter(clean, 5, mode="nearest"), 1e-5) + RN**2)
        s = laplacian / (2 * noise)
        s = s - ndimage.median_filter(s, 5, mode="nearest")
        three = ndimage.median_filter(clean, 3, mode="nearest")
        structure = np.maximum((three - ndimage.median_filter(three, 7, mode="nearest")) / noise, 0.01)
        hits = (s > CLIP) & (s / structure > OBJ)
        grow = lambda m: ndimage.binary_dilation(m, np.ones((3, 3)))
        hits = grow(hits) & (s > CLIP)
        hits = grow(hits) & (s > CLIP * FRAC)
        new = hits & ~found
        if not new.any():
            break
        found |= hits
        filled = clean.copy()
        for j, i in zip(*np.nonzero(found)):
            box = (slice(max(0, j - 2), j + 3), slice(max(0, i - 2), i + 3))
            good = ~found[box]
            filled[j, i] = np.median(clean[box][good]) if good.any() else np.median(clean[~found])
        clean = filled
    return found


peer, _ = astroscrappy.detect_cosmics(
    adu.astype(np.float32), gain=GAIN, readnoise=RN, sigclip=CLIP, sigfrac=FRAC, objlim=OBJ, niter=4, sepmed=False, satlevel=1e9, cleantype="medmask"
)
ours = published(adu)
bits = lambda m: "".join("1" if v else "0" for v in m)
with open(os.path.join(HERE, "cosmic_rays.csv"), "w") as out:
    out.write(
        f"# reference/cosmic_rays.py; scipy {scipy.__version__}, astroscrappy {astroscrappy.__version__}; gain {GAIN}, read noise {RN}, "
        "sigclip 4.5, sigfrac 0.3, objlim 5, 4 rounds; one line a row of pixels\n"
    )
    out.write("values,truth,cores,published,astroscrappy\n")
    for j in range(N):
        out.write(";".join(f"{v:g}" for v in adu[j]) + "," + ",".join(bits(m[j]) for m in (truth, cores, ours, peer)) + "\n")
print("truth", truth.sum(), "published", (ours & truth).sum(), (ours & ~truth).sum(), "astroscrappy", (peer & truth).sum(), (peer & ~truth).sum(), "differ", (ours != peer).sum())
