"""Areas of circles within pixels, from photutils.geometry.circular_overlap_grid (exact)."""
import numpy as np
import photutils
from photutils.geometry import circular_overlap_grid

random = np.random.default_rng(1)
with open(__file__.replace(".py", ".csv"), "w") as out:
    out.write(f"# circle_overlap.py: photutils {photutils.__version__} circular_overlap_grid use_exact=1; one pixel a row\n")
    out.write("dx,dy,radius,overlap\n")
    for radius in (0.1, 0.357, 0.5, 0.70711, 1, 1.5, 2, 3, 4.25, 5, 8, 12, 25, 100):
        for _ in range(25):
            angle = random.uniform(0, 2 * np.pi)
            distance = max(radius + random.uniform(-0.8, 0.8), 0)
            dx, dy = distance * np.cos(angle), distance * np.sin(angle)
            area = circular_overlap_grid(dx - 0.5, dx + 0.5, dy - 0.5, dy + 0.5, 1, 1, radius, 1, 1)[0, 0]
            out.write(f"{dx!r},{dy!r},{radius},{area!r}\n")
