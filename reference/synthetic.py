"""The picture that SyntheticField.cs makes, to the bit: a tilted sky, noise and stars from exact arithmetic only."""
import numpy as np

MASK = (1 << 64) - 1


class SeededRandom:
    """xoshiro256** seeded by splitmix64, as Albireo.Science.Numerics.SeededRandom."""

    def __init__(self, seed):
        self.s = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = seed
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.s.append(z ^ (z >> 31))

    def uniform(self):
        s = self.s
        x = (s[1] * 5) & MASK
        result = (((x << 7) | (x >> 57)) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = ((s[3] << 45) | (s[3] >> 19)) & MASK
        return (result >> 11) * (1.0 / (1 << 53))


def field(width, height, stars, seed):
    """float32 [height, width] and the stars' positions [n, 2] as (x, y)."""
    random = SeededRandom(seed)
    image = np.empty((height, width))
    for y in range(height):
        for x in range(width):
            noise = random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2
            image[y, x] = 1000 + 0.25 * x - 0.125 * y + 0.001 * x * y + 20 * noise
    positions = np.empty((stars, 2))
    rows, columns = np.mgrid[0:height, 0:width]
    for i in range(stars):
        sx, sy = width * random.uniform() - 0.5, height * random.uniform() - 0.5
        peak = 3000 * random.uniform()
        positions[i] = sx, sy
        base = 1 + ((columns - sx) * (columns - sx) + (rows - sy) * (rows - sy)) / 6
        image += peak / (base * base * base)
    return image.astype(np.float32), positions
