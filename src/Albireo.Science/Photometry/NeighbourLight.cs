using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>How much light of other stars falls into a star's aperture, from their positions, fluxes and a round profile.</summary>
public static class NeighbourLight
{
    private const int Rings = 96;

    // cos t of the rings' outer borders and of their middles, t from 0 to π.
    private static readonly double[] Borders = [.. Enumerable.Range(1, Rings).Select(i => Math.Cos(Math.PI * (2 * i) / (2 * Rings)))];
    private static readonly double[] Middles = [.. Enumerable.Range(0, Rings).Select(i => Math.Cos(Math.PI * ((2 * i) + 1) / (2 * Rings)))];
    private const SourceFlags NotStarlight = SourceFlags.HotPixel | SourceFlags.CosmicRay | SourceFlags.Trailed | SourceFlags.Extended;

    /// <summary>
    /// Estimates Σⱼ Fⱼ·E(dⱼ, r) / (Fᵢ·E(0, r)) for each star and radius, where E(d, r) is the part of a star's light that falls into a
    /// circle of radius r whose centre is d away.
    /// </summary>
    /// <param name="stars">Positions of all stars known, faint ones among them; a NaN takes no part.</param>
    /// <param name="fluxes">Their total fluxes, any unit; NaN or below 0 counts as 0.</param>
    /// <param name="radiiPixels">Radii of the apertures, above 0.</param>
    /// <param name="fwhmPixels">FWHM of the profile.</param>
    /// <param name="moffatBeta">Exponent of the Moffat profile, above 1; infinite = a Gaussian.</param>
    /// <param name="contamination">Receives [star, radius]; NaN for a star without position or flux.</param>
    public static void Estimate(
        ReadOnlySpan<PixelPosition> stars,
        ReadOnlySpan<double> fluxes,
        ReadOnlySpan<double> radiiPixels,
        double fwhmPixels,
        double moffatBeta,
        Span<double> contamination
    )
    {
        Require.SameLength(stars.Length, fluxes.Length);
        Require.SameLength(stars.Length * radiiPixels.Length, contamination.Length);
        contamination.Clear();
        int[] order = new int[stars.Length];
        double[] rows = new double[stars.Length];
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], rows[i]) = (i, stars[i].Y);
        }
        Array.Sort(rows, order);
        double largest = 0;
        foreach (double radius in radiiPixels)
        {
            largest = Math.Max(largest, Require.Positive(radius, nameof(radiiPixels)));
        }
        // Beyond, a star sends less than a thousandth of its light (Moffat, β = 2.5) into the aperture.
        double reach = largest + (6 * Require.Positive(fwhmPixels));
        var profile = new GrowthCurve(fwhmPixels, moffatBeta);
        for (int a = 0; a < order.Length; a++)
        {
            for (int b = a + 1; b < order.Length && rows[b] - rows[a] < reach; b++)
            {
                (PixelPosition one, PixelPosition other) = (stars[order[a]], stars[order[b]]);
                double distance = Math.Sqrt(((one.X - other.X) * (one.X - other.X)) + ((one.Y - other.Y) * (one.Y - other.Y)));
                if (!(distance < reach))
                {
                    continue;
                }
                for (int k = 0; k < radiiPixels.Length; k++)
                {
                    double share = Share(distance, radiiPixels[k], profile);
                    contamination[(order[a] * radiiPixels.Length) + k] += share * Light(fluxes[order[b]]);
                    contamination[(order[b] * radiiPixels.Length) + k] += share * Light(fluxes[order[a]]);
                }
            }
        }
        for (int k = 0; k < radiiPixels.Length; k++)
        {
            double own = profile.Within(radiiPixels[k]);
            for (int i = 0; i < stars.Length; i++)
            {
                bool known = fluxes[i] > 0 && double.IsFinite(stars[i].X + stars[i].Y);
                ref double value = ref contamination[(i * radiiPixels.Length) + k];
                value = known ? value / (own * fluxes[i]) : double.NaN;
            }
        }
    }

    /// <summary>
    /// Estimates the same for stars of a picture in which all sources are known: the light of every source that is not the star itself,
    /// in units of the star's own light within the circle.
    /// </summary>
    /// <param name="stars">Positions; the nearest source within half a FWHM, at least one pixel, is the star itself.</param>
    /// <param name="sources">All sources of the picture. Hot pixels, cosmic rays, trails and extended sources send no light of this profile.</param>
    /// <param name="radiiPixels">Radii of the apertures, above 0.</param>
    /// <param name="fwhmPixels">FWHM of the profile.</param>
    /// <param name="moffatBeta">Exponent of the Moffat profile, above 1; infinite = a Gaussian.</param>
    /// <param name="contamination">Receives [star, radius]; NaN for a star that is not among the sources.</param>
    public static void Among(
        ReadOnlySpan<PixelPosition> stars,
        IReadOnlyList<Source> sources,
        ReadOnlySpan<double> radiiPixels,
        double fwhmPixels,
        double moffatBeta,
        Span<double> contamination
    )
    {
        ArgumentNullException.ThrowIfNull(sources);
        Require.SameLength(stars.Length * radiiPixels.Length, contamination.Length);
        using var shining = new PooledList<PointLight>(sources.Count);
        for (int i = 0; i < sources.Count; i++)
        {
            Source source = sources[i];
            if ((source.Flags & NotStarlight) == SourceFlags.None && source.Flux > 0)
            {
                shining.Add(new PointLight(source.X, source.Y, source.Flux, i));
            }
        }
        Span<PointLight> light = shining.Items;
        light.Sort(ByRow);
        double[] rented = ArrayPool<double>.Shared.Rent(light.Length);
        Span<double> rows = rented.AsSpan(0, light.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = light[i].Y;
        }
        double largest = 0;
        foreach (double radius in radiiPixels)
        {
            largest = Math.Max(largest, Require.Positive(radius, nameof(radiiPixels)));
        }
        double reach = largest + (6 * Require.Positive(fwhmPixels));
        var profile = new GrowthCurve(fwhmPixels, moffatBeta);
        for (int i = 0; i < stars.Length; i++)
        {
            Span<double> own = contamination.Slice(i * radiiPixels.Length, radiiPixels.Length);
            own.Fill(double.NaN);
            int itself = Nearest(light, rows, stars[i], Math.Max(1, fwhmPixels / 2));
            if (itself < 0)
            {
                continue;
            }
            own.Clear();
            int first = rows.BinarySearch(stars[i].Y - reach);
            for (int k = first < 0 ? ~first : first; k < light.Length && rows[k] <= stars[i].Y + reach; k++)
            {
                double distance = Distance(light[k], stars[i]);
                if (k == itself || !(distance < reach))
                {
                    continue;
                }
                for (int r = 0; r < own.Length; r++)
                {
                    own[r] += light[k].Flux * Share(distance, radiiPixels[r], profile);
                }
            }
            for (int r = 0; r < own.Length; r++)
            {
                own[r] /= light[itself].Flux * profile.Within(radiiPixels[r]);
            }
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    // Where a source shines, and its number among all.
    private readonly record struct PointLight(double X, double Y, double Flux, int Number);

    private static int ByRow(PointLight a, PointLight b)
    {
        int byRow = a.Y.CompareTo(b.Y);
        return byRow != 0 ? byRow : a.Number.CompareTo(b.Number);
    }

    private static int Nearest(ReadOnlySpan<PointLight> light, ReadOnlySpan<double> rows, PixelPosition star, double reach)
    {
        if (!double.IsFinite(star.X + star.Y))
        {
            return -1;
        }
        int nearest = -1;
        int first = rows.BinarySearch(star.Y - reach);
        for (int k = first < 0 ? ~first : first; k < light.Length && rows[k] <= star.Y + reach; k++)
        {
            double distance = Distance(light[k], star);
            (nearest, reach) = distance <= reach ? (k, distance) : (nearest, reach);
        }
        return nearest;
    }

    private static double Distance(in PointLight source, PixelPosition star) =>
        Math.Sqrt(((source.X - star.X) * (source.X - star.X)) + ((source.Y - star.Y) * (source.Y - star.Y)));

    /// <summary>Flags every datum whose contamination exceeds a limit.</summary>
    /// <param name="contamination">From <see cref="Estimate"/>.</param>
    /// <param name="limit">Such as 0.01.</param>
    /// <param name="flags">Changed; as long as <paramref name="contamination"/>.</param>
    public static void Flag(ReadOnlySpan<double> contamination, double limit, Span<FluxQuality> flags)
    {
        Require.SameLength(contamination.Length, flags.Length);
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] |= contamination[i] > limit ? FluxQuality.Neighbour : FluxQuality.None;
        }
    }

    /// <summary>
    /// E(d, r): the part of a star's light that falls into a circle of radius r whose centre is d away. Within r − d it is the profile's
    /// growth curve; from there on, rings about the star are added with the part of each that lies inside the circle.
    /// </summary>
    /// <param name="distancePixels">d, 0 or more.</param>
    /// <param name="radiusPixels">r, above 0.</param>
    /// <param name="fwhmPixels">FWHM of the profile, above 0.</param>
    /// <param name="moffatBeta">Exponent of the Moffat profile, above 1; infinite = a Gaussian.</param>
    public static double Share(double distancePixels, double radiusPixels, double fwhmPixels, double moffatBeta)
    {
        Require.NotNegative(distancePixels);
        Require.Positive(radiusPixels);
        return Share(distancePixels, radiusPixels, new GrowthCurve(fwhmPixels, moffatBeta));
    }

    private static double Share(double distance, double radius, GrowthCurve profile)
    {
        double near = Math.Abs(radius - distance);
        double far = radius + distance;
        double share = distance < radius ? profile.Within(near) : 0;
        // ρ = mean − half · cos t takes the square-root ends of the arc's angle away.
        double mean = (near + far) / 2;
        double half = (far - near) / 2;
        if (!(half > 0))
        {
            return share;
        }
        Span<double> within = stackalloc double[1 + Rings]; // radii of the rings' borders, then the light within them
        within[0] = profile.Within(near);
        for (int i = 0; i < Rings; i++)
        {
            within[1 + i] = mean - (half * Borders[i]);
        }
        profile.Within(within[1..]);
        ref double light = ref MemoryMarshal.GetReference(within);
        Vector512<double> square = Vector512.Create((distance * distance) - (radius * radius));
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> sum = Vector512<double>.Zero;
        for (int i = 0; i < Rings; i += Vector512<double>.Count)
        {
            Vector512<double> ring = Vector512.LoadUnsafe(ref light, (nuint)i + 1) - Vector512.LoadUnsafe(ref light, (nuint)i);
            Vector512<double> middle = Vector512.Create(mean) - (half * Vector512.Create(Middles, i));
            Vector512<double> cosine = ((middle * middle) + square) / (2 * distance * middle);
            sum += ring * ArcCosine.Of(Vector512.Min(Vector512.Max(cosine, -one), one));
        }
        return share + (Lanes.Sum(sum) / Math.PI);
    }

    /// <summary>Light within a radius about the star itself.</summary>
    private readonly struct GrowthCurve
    {
        private readonly double beta;
        private readonly double perSquare;
        private readonly int halves;

        public GrowthCurve(double fwhm, double beta)
        {
            Require.Positive(fwhm);
            if (!(beta > 1))
            {
                throw new ArgumentOutOfRangeException(nameof(beta), beta, "The light of a Moffat profile is finite only above β = 1.");
            }
            this.beta = beta;
            perSquare = double.IsPositiveInfinity(beta) ? -4 / (fwhm * fwhm) : 4 * (Math.Pow(2, 1 / beta) - 1) / (fwhm * fwhm);
            double twice = 2 * (beta - 1);
            halves = twice <= 16 && twice == Math.Floor(twice) ? (int)twice : 0;
        }

        public double Within(double radius)
        {
            double u = radius * radius * perSquare;
            if (double.IsPositiveInfinity(beta))
            {
                return 1 - Math.Pow(2, u);
            }
            if (halves == 0)
            {
                return 1 - Math.Pow(1 + u, 1 - beta);
            }
            // A whole number of square roots needs no power.
            double power = halves % 2 == 0 ? 1 : Math.Sqrt(1 + u);
            for (int i = 2; i <= halves; i += 2)
            {
                power *= 1 + u;
            }
            return 1 - (1 / power);
        }

        /// <summary>Turns radii into the light within them, to the same bits.</summary>
        /// <param name="radii">A multiple of eight of them.</param>
        public void Within(Span<double> radii)
        {
            if (halves == 0)
            {
                foreach (ref double radius in radii)
                {
                    radius = Within(radius);
                }
                return;
            }
            foreach (ref Vector512<double> eight in MemoryMarshal.Cast<double, Vector512<double>>(radii))
            {
                Vector512<double> factor = Vector512<double>.One + (eight * eight * perSquare);
                Vector512<double> power = halves % 2 == 0 ? Vector512<double>.One : Vector512.Sqrt(factor);
                for (int i = 2; i <= halves; i += 2)
                {
                    power *= factor;
                }
                eight = Vector512<double>.One - (Vector512<double>.One / power);
            }
        }
    }

    private static double Light(double flux) => flux > 0 ? flux : 0;
}
