using System.Collections;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stars;

/// <summary>The stars that are measured in every frame: those asked for and the reference frame's brightest, in that order of need.</summary>
public sealed class StarList(IReadOnlyList<Star> stars) : IReadOnlyList<Star>
{
    public int Count => stars.Count;
    public Star this[int index] => stars[index];
    public Star? Target => stars.FirstOrDefault(s => s.Role == StarRole.Target);
    public IEnumerable<Star> Comparisons => stars.Where(s => s.Role == StarRole.Comparison);
    public Star? Check => stars.FirstOrDefault(s => s.Role == StarRole.Check);

    public IEnumerator<Star> GetEnumerator() => stars.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <exception cref="AlbireoException">A star that was asked for is not on the frame, or is asked for twice.</exception>
    public static StarList Choose(ReferenceFrame reference, ReductionRequest request, Recipe recipe, RunContext run)
    {
        IReadOnlyList<Source> sources = reference.Frame.Sources;
        double fwhm = reference.Frame.Profile!.Value.Fwhm;
        var table = request.StarsFile is { } file ? StarTable.Read(file) : [];
        var asked = table.Select(row => row.Locate(reference)).OfType<Asked>().ToList();
        int outside = table.Count - asked.Count;
        Add("--target", request.Target, StarRole.Target);
        foreach (StarDesignation comparison in request.Comparisons)
        {
            Add("--comparison", comparison, StarRole.Comparison);
        }
        Add("--check", request.Check, StarRole.Check);

        var stars = new List<Star>();
        var moved = new List<double>();
        int blended = 0;
        foreach (Asked star in asked)
        {
            Star found = Snap(star, sources, fwhm);
            int same = stars.FindIndex(s => Distance(s, found.X, found.Y) < 0.5 * fwhm);
            double move = Distance(star.Star, found.X, found.Y);
            if (same < 0)
            {
                stars.Add(found);
                moved.Add(move);
            }
            else if (found.Role != StarRole.Field && stars[same].Role != StarRole.Field)
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{star.Option} {star.Text} is the same star as the {stars[same].Role.ToString().ToLowerInvariant()} at ({stars[same].X:F1}, {stars[same].Y:F1}); choose another."
                );
            }
            else if (found.Role != StarRole.Field && star.Option != "--stars")
            {
                // A star of the table is what was pointed at: its name and magnitudes, the role that was asked for.
                stars[same] = stars[same] with
                {
                    Role = found.Role,
                    Position = found.Position ?? stars[same].Position,
                };
            }
            else
            {
                bool isNearer = stars[same].Role == StarRole.Field && (found.Role != StarRole.Field || move < moved[same]);
                (stars[same], moved[same]) = isNearer ? (found, move) : (stars[same], moved[same]);
                blended++;
            }
        }
        StarTable.Tell(request.StarsFile, outside, blended, "lie outside the reference frame", run.Notice);
        int field = 0;
        foreach (Source source in sources)
        {
            if (field >= recipe.Measure.MaximumStars)
            {
                break;
            }
            if (stars.TrueForAll(s => Distance(s, source.X, source.Y) >= 0.5 * fwhm))
            {
                stars.Add(FromSource(source));
                field++;
            }
        }
        return new StarList([
            .. stars.Select((s, id) => s with { Id = id, Position = s.Position ?? reference.Wcs?.ToSky(new PixelPosition(s.X, s.Y)) }),
        ]);

        void Add(string option, StarDesignation? designation, StarRole role)
        {
            if (designation is StarDesignation.Named named)
            {
                int row = asked.FindIndex(a => string.Equals(a.Star.Name, named.Text, StringComparison.OrdinalIgnoreCase));
                asked[row >= 0 ? row : throw Misfit(option, designation, "no star of --stars has that name")] = asked[row] with
                {
                    Star = asked[row].Star with { Role = role },
                };
            }
            else if (designation is not null)
            {
                asked.Add(
                    new Asked(option, designation.Text, new Star(0, 0, 0) { Role = role })
                    {
                        Star = Place(option, designation, reference, role),
                    }
                );
            }
        }
    }

    private static Star Place(string option, StarDesignation designation, ReferenceFrame reference, StarRole role)
    {
        PixelPosition at = designation switch
        {
            StarDesignation.Pixel p => new PixelPosition(p.X, p.Y),
            StarDesignation.Sky s => reference.Wcs?.ToPixel(s.Position)
                ?? throw Misfit(option, designation, $"the reference frame {reference.Frame.Info.Name} has no WCS; give X,Y in pixels"),
            _ => throw Misfit(option, designation, "star numbers refer to an observation.fits that is already there; give X,Y in pixels"),
        };
        if (!reference.Picture.Contains(at.X, at.Y))
        {
            throw Misfit(
                option,
                designation,
                $"({at.X:F1}, {at.Y:F1}) lies outside the reference frame {reference.Frame.Info.Name}, which has {reference.Picture.Width} × {reference.Picture.Height} pixels"
            );
        }
        return new Star(0, at.X, at.Y) { Role = role, Position = (designation as StarDesignation.Sky)?.Position };
    }

    /// <summary>The detected source that is meant; where there is none, the position as it was given.</summary>
    private static Star Snap(Asked asked, IReadOnlyList<Source> sources, double fwhm)
    {
        double best = Math.Max(6, 2 * fwhm);
        Source? nearest = null;
        foreach (Source source in sources)
        {
            double distance = Distance(asked.Star, source.X, source.Y);
            if (distance < best)
            {
                (best, nearest) = (distance, source);
            }
        }
        return nearest is { } s
            ? FromSource(s) with
            {
                Role = asked.Star.Role,
                Name = asked.Star.Name,
                Position = asked.Star.Position,
                Magnitudes = asked.Star.Magnitudes,
            }
            : asked.Star;
    }

    private static Star FromSource(Source source) =>
        new(0, source.X, source.Y)
        {
            Flux = source.Flux,
            Peak = source.Peak,
            IsSaturated = source.Flags.HasFlag(SourceFlags.Saturated),
        };

    private static double Distance(Star star, double x, double y) =>
        Math.Sqrt(((star.X - x) * (star.X - x)) + ((star.Y - y) * (star.Y - y)));

    private static AlbireoException Misfit(string option, StarDesignation designation, string why) =>
        new(Failure.Usage, $"{option} {designation.Text}: {why}.");
}
