"""photutils.utils.calc_total_error of a few pixels."""
import numpy as np
import photutils
from photutils.utils import calc_total_error

random = np.random.default_rng(4)
with open(__file__.replace(".py", ".csv"), "w") as out:
    out.write(f"# total_error.py: photutils {photutils.__version__} calc_total_error\n")
    out.write("value,rms,gain,error\n")
    for _ in range(60):
        value, rms = np.float32(random.normal(0, 500)), np.float32(random.uniform(0.5, 50))
        gain = float(np.float32(random.uniform(0.3, 8)))
        error = calc_total_error(np.array([float(value)]), np.array([float(rms)]), gain)[0]
        out.write(f"{float(value)!r},{float(rms)!r},{gain!r},{error!r}\n")
