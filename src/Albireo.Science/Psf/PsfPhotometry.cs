using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>
/// Measures all stars of a crowded frame with its point-spread function. Stars that touch are fitted together; all others' profiles
/// are taken off first; the groups are visited again and again until they agree (the scheme of DAOPHOT's ALLSTAR, Stetson 1987,
/// PASP 99, 191). What is left of the frame shows what the profile or the list of stars has missed.
/// </summary>
public static class PsfPhotometry
{
    /// <summary>Measures the stars.</summary>
    /// <param name="image">The frame; NaN pixels are left out.</param>
    /// <param name="level">The background's level.</param>
    /// <param name="noise">The background's σ a pixel.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <param name="psf">The frame's profile.</param>
    /// <param name="positions">Where the stars are, to a pixel or so.</param>
    /// <param name="options">How.</param>
    public static PsfPhotometryResult Measure(
        Image image,
        RowValues level,
        RowValues noise,
        PixelMask? mask,
        PsfModel psf,
        IReadOnlyList<PixelPosition> positions,
        PsfPhotometryOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(psf);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(options);
        var work = new Work(image, mask, psf, options);
        for (int y = 0; y < image.Height; y++)
        {
            level(y, work.Data.Row(y));
            noise(y, work.Noise.Row(y));
            Span<float> row = work.Data.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = image[x, y] - row[x];
            }
        }
        work.Data.Pixels.CopyTo(work.Residual.Pixels);
        List<int[]> groups = Groups(positions, options);
        var stars = new PsfStar[positions.Count];
        for (int i = 0; i < stars.Length; i++)
        {
            stars[i] = Failed(positions[i], -1);
        }
        for (int pass = 0; pass < options.Passes; pass++)
        {
            for (int g = 0; g < groups.Count; g++)
            {
                work.Fit(groups[g], g, positions, stars);
            }
        }
        return new PsfPhotometryResult(stars, work.Residual);
    }

    private static PsfStar Failed(PixelPosition p, int group) =>
        new(p.X, p.Y, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, group, false);

    // Friends of friends, cut into parts of the largest size allowed, in row order.
    private static List<int[]> Groups(IReadOnlyList<PixelPosition> positions, PsfPhotometryOptions options)
    {
        int[] order = [.. Enumerable.Range(0, positions.Count).OrderBy(i => positions[i].Y).ThenBy(i => positions[i].X)];
        var parent = new int[positions.Count];
        for (int i = 0; i < parent.Length; i++)
        {
            parent[i] = i;
        }
        double limit = options.GroupSeparationPixels;
        for (int a = 0; a < order.Length; a++)
        {
            PixelPosition p = positions[order[a]];
            for (int b = a + 1; b < order.Length && positions[order[b]].Y - p.Y <= limit; b++)
            {
                PixelPosition q = positions[order[b]];
                if (((p.X - q.X) * (p.X - q.X)) + ((p.Y - q.Y) * (p.Y - q.Y)) <= limit * limit)
                {
                    parent[Root(parent, order[a])] = Root(parent, order[b]);
                }
            }
        }
        return [.. order.GroupBy(i => Root(parent, i)).SelectMany(g => g.Chunk(options.MaximumGroup))];
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    private sealed class Work(Image image, PixelMask? mask, PsfModel psf, PsfPhotometryOptions options)
    {
        /// <summary>The frame less background.</summary>
        public Image Data { get; } = new(image.Width, image.Height);

        public Image Noise { get; } = new(image.Width, image.Height);

        /// <summary>The frame less background and the stars as they are known so far.</summary>
        public Image Residual { get; } = new(image.Width, image.Height);

        public void Fit(int[] group, int number, IReadOnlyList<PixelPosition> positions, PsfStar[] stars)
        {
            int[] usable = [.. group.Where(i => image.Contains(positions[i].X, positions[i].Y))];
            foreach (int i in usable)
            {
                AddProfile(stars[i], 1);
            }
            (double[] x, double[] y, double[] value, double[] weight) = Gather(usable, positions);
            int n = 3 * usable.Length;
            if (usable.Length == 0 || x.Length <= n)
            {
                return;
            }
            var p = new double[n];
            var covariance = new double[n * n];
            for (int k = 0; k < usable.Length; k++)
            {
                PsfStar star = stars[usable[k]];
                p[3 * k] = star.Converged ? star.Flux : FirstFlux(positions[usable[k]]);
                p[(3 * k) + 1] = star.X;
                p[(3 * k) + 2] = star.Y;
            }
            var problem = new GroupProblem(psf, usable.Length, x, y, value, weight, options.ModelRadiusPixels);
            LeastSquaresResult result = LevenbergMarquardt.Minimize(problem, p, covariance);
            double reduced = result.ChiSquare / (x.Length - n);
            for (int k = 0; k < usable.Length; k++)
            {
                int i = usable[k];
                PixelPosition start = positions[i];
                double shift = Math.Sqrt(Math.Pow(p[(3 * k) + 1] - start.X, 2) + Math.Pow(p[(3 * k) + 2] - start.Y, 2));
                double variance = covariance[(3 * k * n) + (3 * k)];
                bool good = result.Converged && shift <= options.MaximumShiftPixels && variance > 0;
                stars[i] = good
                    ? new PsfStar(
                        p[(3 * k) + 1],
                        p[(3 * k) + 2],
                        p[3 * k],
                        Math.Sqrt(covariance[(((3 * k) + 1) * n) + (3 * k) + 1]),
                        Math.Sqrt(covariance[(((3 * k) + 2) * n) + (3 * k) + 2]),
                        Math.Sqrt(variance),
                        reduced,
                        number,
                        true
                    )
                    : Failed(start, number);
                AddProfile(stars[i], -1);
            }
        }

        private double FirstFlux(PixelPosition p)
        {
            double pixel = Residual[(int)Math.Round(p.X), (int)Math.Round(p.Y)];
            double peak = psf.At(0, 0);
            return double.IsFinite(pixel) && pixel > 0 ? pixel / peak : 1e-3 / peak;
        }

        // Pixels near any star of the group, each once. Photon noise is that of the stars' profiles, not of the noisy pixels.
        private (double[] X, double[] Y, double[] Value, double[] Weight) Gather(int[] group, IReadOnlyList<PixelPosition> positions)
        {
            var seen = new HashSet<(int, int)>();
            var x = new List<double>();
            var y = new List<double>();
            var value = new List<double>();
            var weight = new List<double>();
            foreach (int i in group)
            {
                PixelPosition p = positions[i];
                double radius = options.FitRadiusPixels;
                for (int row = Math.Max(0, (int)Math.Ceiling(p.Y - radius)); row <= Math.Min(image.Height - 1, (int)(p.Y + radius)); row++)
                {
                    for (
                        int column = Math.Max(0, (int)Math.Ceiling(p.X - radius));
                        column <= Math.Min(image.Width - 1, (int)(p.X + radius));
                        column++
                    )
                    {
                        double square = ((column - p.X) * (column - p.X)) + ((row - p.Y) * (row - p.Y));
                        float pixel = Residual[column, row];
                        double sigma = Noise[column, row];
                        bool counts =
                            mask is null || (PixelUse.Counts(mask[column, row]) && !mask[column, row].HasFlag(PixelQuality.Saturated));
                        if (square > radius * radius || !float.IsFinite(pixel) || !counts || !(sigma > 0) || !seen.Add((column, row)))
                        {
                            continue;
                        }
                        double photons = options.Gain > 0 ? Math.Max(0, modelled[column, row]) / options.Gain : 0;
                        x.Add(column);
                        y.Add(row);
                        value.Add(pixel);
                        weight.Add(1 / ((sigma * sigma) + photons));
                    }
                }
            }
            return ([.. x], [.. y], [.. value], [.. weight]);
        }

        private readonly Image modelled = new(image.Width, image.Height);

        // sign −1: takes a star off the residual; +1: puts it back. Its last profile stays in the model that photon noise is taken from.
        private void AddProfile(PsfStar star, int sign)
        {
            if (!star.Converged)
            {
                return;
            }
            double radius = options.ModelRadiusPixels;
            for (
                int row = Math.Max(0, (int)Math.Ceiling(star.Y - radius));
                row <= Math.Min(image.Height - 1, (int)(star.Y + radius));
                row++
            )
            {
                for (
                    int column = Math.Max(0, (int)Math.Ceiling(star.X - radius));
                    column <= Math.Min(image.Width - 1, (int)(star.X + radius));
                    column++
                )
                {
                    double dx = column - star.X;
                    double dy = row - star.Y;
                    if ((dx * dx) + (dy * dy) < radius * radius)
                    {
                        Residual[column, row] += (float)(sign * star.Flux * psf.At(dx, dy));
                    }
                }
            }
            if (sign < 0)
            {
                Remember(star, radius);
            }
        }

        private void Remember(PsfStar star, double radius)
        {
            for (
                int row = Math.Max(0, (int)Math.Ceiling(star.Y - radius));
                row <= Math.Min(image.Height - 1, (int)(star.Y + radius));
                row++
            )
            {
                for (
                    int column = Math.Max(0, (int)Math.Ceiling(star.X - radius));
                    column <= Math.Min(image.Width - 1, (int)(star.X + radius));
                    column++
                )
                {
                    modelled[column, row] = Data[column, row] - Residual[column, row];
                }
            }
        }
    }
}
