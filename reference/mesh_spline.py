"""The interpolation of a background mesh that Background2D means, without a slip of scipy 1.10; for the other scripts."""
import numpy as np
from scipy.ndimage import map_coordinates


def spline(mesh, shape, box):
    """The cubic spline through the mesh, its coefficients from the linear equations: scipy 1.10's recursive filter overwrites c[0]
    in _init_causal_reflect while it still needs it, and misses the mesh's own values by 6e-4 (2 boxes) to 7e-7 (5 boxes)."""
    if np.ptp(mesh) == 0:
        return np.full(shape, mesh[0, 0])

    def collocation(n):
        matrix = np.zeros((n, n))
        for i in range(n):
            for k, weight in ((-1, 1 / 6), (0, 4 / 6), (1, 1 / 6)):
                matrix[i, min(max(i + k, 0), n - 1)] += weight
        return matrix

    ny, nx = mesh.shape
    c = np.linalg.solve(collocation(ny), mesh)
    c = np.linalg.solve(collocation(nx), c.T).T
    rows, columns = np.mgrid[0:shape[0], 0:shape[1]]
    # 40 boxes of mirrored coefficients around, so that map_coordinates' own edges do not matter
    padded = np.pad(c, 40, mode="symmetric")
    at = ((rows + 0.5) / box[0] - 0.5 + 40, (columns + 0.5) / box[1] - 0.5 + 40)
    return np.clip(map_coordinates(padded, at, order=3, prefilter=False), mesh.min(), mesh.max())
