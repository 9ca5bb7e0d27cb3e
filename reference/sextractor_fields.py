"""SExtractor on simulated fields -> sextractor_fields.csv: stars injected, sources found, stars among them.

The fields come from the tests (the same seeds): ALBIREO_FIELDS_EXPORT=DIR dotnet test --filter Write_fields_for_peers
usage: sextractor_fields.py DIR
"""
import subprocess
import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
share = Path("/usr/share/source-extractor")
(folder / "fields.param").write_text("X_IMAGE\nY_IMAGE\nFLUX_ISO\n")
version = subprocess.run(["source-extractor", "--version"], capture_output=True, text=True).stdout.split()[3]
lines = []
for name in ("sparse", "rich", "crowded", "nebulous", "trailed"):
    stars = np.loadtxt(folder / f"{name}.csv", delimiter=",")
    stars = stars[np.argsort(-stars[:, 2], kind="stable")]
    for threshold, area in ((1.5, 5), (3.0, 3)):
        catalogue = folder / f"{name}.cat"
        subprocess.run(
            ["source-extractor", folder / f"{name}.fits", "-c", share / "default.sex", "-PARAMETERS_NAME", folder / "fields.param",
             "-FILTER_NAME", share / "gauss_2.5_5x5.conv", "-STARNNW_NAME", share / "default.nnw", "-CATALOG_NAME", catalogue,
             "-DETECT_THRESH", str(threshold), "-ANALYSIS_THRESH", str(threshold), "-DETECT_MINAREA", str(area),
             "-BACK_SIZE", "64", "-BACK_FILTERSIZE", "3", "-VERBOSE_TYPE", "QUIET"],
            check=True,
        )  # fmt: skip
        found = np.loadtxt(catalogue, ndmin=2)[:, :2] - 1
        free = [tuple(p) for p in found]
        matched = 0
        for x, y, _ in stars:
            squares = [(px - x) ** 2 + (py - y) ** 2 for px, py in free]
            if squares and min(squares) < 4:
                free.pop(int(np.argmin(squares)))
                matched += 1
        lines.append(f"{name},{threshold},{area},{len(stars)},{len(found)},{matched}")
Path(__file__).with_name("sextractor_fields.csv").write_text(
    f"# SExtractor {version} by reference/sextractor_fields.py: default.sex with gauss_2.5_5x5.conv, BACK_SIZE 64; matches one to one within 2 pixels, brightest first\n"
    "field,threshold,minarea,stars,found,matched\n" + "\n".join(lines) + "\n"
)
