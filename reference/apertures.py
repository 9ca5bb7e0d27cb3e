"""Weights of ellipses and elliptical rings in single pixels: photutils exact. Rectangles: a grid of 1000 x 1000 points a pixel, because
photutils' "exact" rectangles are 32 x 32 subpixels."""
import numpy as np
import photutils
from photutils.geometry import elliptical_overlap_grid, rectangular_overlap_grid

random = np.random.default_rng(6)
with open(__file__.replace(".py", ".csv"), "w") as out:
    out.write(f"# apertures.py: photutils {photutils.__version__} elliptical_overlap_grid exact, rectangular_overlap_grid 1000 subpixels\n")
    out.write("shape,a,b,angle,dx,dy,overlap\n")
    for a, b in ((0.4, 0.3), (1, 1), (2.5, 0.7), (6, 4), (20, 3), (12, 11.5)):
        for _ in range(30):
            angle = random.uniform(-np.pi, np.pi)
            t, scale = random.uniform(0, 2 * np.pi), random.uniform(0.6, 1.3)
            u, v = scale * a * np.cos(t), scale * b * np.sin(t)
            dx, dy = u * np.cos(angle) - v * np.sin(angle), u * np.sin(angle) + v * np.cos(angle)
            area = elliptical_overlap_grid(dx - 0.5, dx + 0.5, dy - 0.5, dy + 0.5, 1, 1, a, b, angle, 1, 1)[0, 0]
            out.write(f"ellipse,{a},{b},{angle!r},{dx!r},{dy!r},{area!r}\n")
    for width, height in ((0.7, 0.5), (3, 2), (12, 5), (30, 1.5)):
        for _ in range(12):
            angle = random.uniform(-np.pi, np.pi)
            u, v = random.uniform(-0.6, 0.6) * width, random.choice((-0.5, 0.5)) * height
            dx, dy = u * np.cos(angle) - v * np.sin(angle), u * np.sin(angle) + v * np.cos(angle)
            area = rectangular_overlap_grid(dx - 0.5, dx + 0.5, dy - 0.5, dy + 0.5, 1, 1, width, height, angle, 0, 1000)[0, 0]
            out.write(f"rectangle,{width},{height},{angle!r},{dx!r},{dy!r},{area!r}\n")
