using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>The list of stars of a crowded field while it grows and shrinks.</summary>
internal sealed class CrowdedStars
{
    // A found star this near to a given position, in FWHM, is the one meant.
    private const double SameStar = 0.4;

    private readonly IReadOnlyList<PixelPosition> given;
    private readonly int[] rowOf;
    private readonly int kept;
    private readonly double near;
    private List<PixelPosition> positions = [];
    private PsfStar[] stars;
    private int hidden;
    private int merged;
    private int tooFaint;

    /// <summary>Begins with the given positions, each once, and the sources that none of them means.</summary>
    public CrowdedStars(IReadOnlyList<PixelPosition> given, IReadOnlyList<Source> sources, double fwhm)
    {
        this.given = given;
        near = SameStar * fwhm;
        rowOf = new int[given.Count];
        var seen = new Dictionary<PixelPosition, int>();
        for (int i = 0; i < given.Count; i++)
        {
            if (!seen.TryGetValue(given[i], out rowOf[i]))
            {
                rowOf[i] = seen[given[i]] = positions.Count;
                positions.Add(given[i]);
            }
        }
        kept = positions.Count;
        stars = [.. positions.Select(p => PsfStar.None(p, PsfOutcome.NoPixels))];
        Add(
            sources
                .Where(s => (s.Flags & (SourceFlags.HotPixel | SourceFlags.CosmicRay)) == SourceFlags.None)
                .Select(s => new PixelPosition(s.X, s.Y))
        );
        hidden = 0;
    }

    public IReadOnlyList<PsfStar> Stars => stars;

    public void Fit(PsfFrame frame, PsfModel psf, PsfPhotometryOptions options) => PsfPhotometry.Fit(frame, psf, positions, stars, options);

    /// <summary>Adds stars, but none that lies on one of the list.</summary>
    /// <returns>How many.</returns>
    public int Add(IEnumerable<PixelPosition> found)
    {
        var known = new NearbyPlaces(near);
        foreach (PsfStar star in stars.Where(s => s.Outcome != PsfOutcome.Outside))
        {
            known.Add(star.X, star.Y);
        }
        PixelPosition[] more = [.. found.Where(p => !known.HasNear(p.X, p.Y))];
        positions.AddRange(more);
        stars = [.. stars, .. more.Select(p => PsfStar.None(p, PsfOutcome.NoPixels))];
        hidden += more.Length;
        return more.Length;
    }

    /// <summary>Gives up found stars that lie on a brighter one or of which nothing is left.</summary>
    /// <returns>How many.</returns>
    public int GiveUp(double mergedPixels, double leastSignalToNoise)
    {
        int[] byBrightness = [.. Enumerable.Range(0, stars.Length).OrderByDescending(i => i < kept ? double.MaxValue : stars[i].Flux)];
        var stays = new bool[stars.Length];
        var brighter = new NearbyPlaces(mergedPixels);
        foreach (int i in byBrightness)
        {
            PsfStar star = stars[i];
            bool isFaint = i >= kept && star.HasFlux && !(star.Flux >= leastSignalToNoise * star.FluxError);
            bool isMerged = i >= kept && star.HasFlux && !isFaint && brighter.HasNear(star.X, star.Y);
            tooFaint += isFaint ? 1 : 0;
            merged += isMerged ? 1 : 0;
            stays[i] = !isFaint && !isMerged;
            if (stays[i] && star.HasFlux)
            {
                brighter.Add(star.X, star.Y);
            }
        }
        int[] left = [.. Enumerable.Range(0, stars.Length).Where(i => stays[i])];
        positions = [.. left.Select(i => positions[i])];
        int gone = stars.Length - left.Length;
        stars = [.. left.Select(i => stars[i])];
        return gone;
    }

    /// <summary>Adds a variance to that of every flux.</summary>
    public void AddNoise(double variance) =>
        stars = Array.ConvertAll(stars, s => s with { FluxError = Math.Sqrt((s.FluxError * s.FluxError) + variance) });

    public CrowdedFieldResult Result(PsfModel psf, BackgroundMap background, Image residual, int profileStars)
    {
        IEnumerable<PsfStar> found = stars
            .Skip(kept)
            .OrderByDescending(s => s.HasFlux)
            .ThenByDescending(s => s.Flux)
            .ThenBy(s => s.Y)
            .ThenBy(s => s.X);
        PsfStar[] all = [.. rowOf.Select(row => stars[row]), .. found];
        return new CrowdedFieldResult(all, psf, background, residual, profileStars, hidden, merged, tooFaint);
    }
}
