using System.Globalization;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stars;
using Albireo.Science.Detection;
using Albireo.Science.Matching;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// Puts observations of one target through one filter together, from their tables alone: the stars of the first are found in the others
/// by their pattern, and every frame of every night becomes a row of one table.
/// </summary>
public static class JoinNights
{
    private const double SameSiteDegrees = 0.01;

    /// <summary>The joined observation, and what a reader must know of it. Picture, header and star numbers are those of the earliest.</summary>
    /// <param name="given">Two or more.</param>
    /// <exception cref="AlbireoException">They do not belong together; the message says why.</exception>
    public static (StoredObservation Joined, IReadOnlyList<string> Notices) Of(IReadOnlyList<StoredObservation> given)
    {
        StoredObservation[] nights = [.. given.OrderBy(FirstTime)];
        StoredObservation first = nights[0];
        var notices = new List<string>();
        foreach (StoredObservation other in nights.Skip(1))
        {
            Check(first, other);
        }
        CheckTwice(nights);
        PlaneTransform[] maps = [.. nights.Select(n => n == first ? PlaneTransform.Identity : MapTo(first, n))];
        int[][] stars = [.. nights.Select((n, k) => StarsIn(first, n, maps[k], notices))];
        bool isOneSite = nights.All(n => IsSame(n.Fluxes.Site, first.Fluxes.Site));
        if (!isOneSite)
        {
            notices.Add(
                "The nights were observed from different sites: times and airmass are as each reduction found them, and --sky leaves the site out."
            );
        }
        string[][] names = Names(nights);
        var rows = nights.SelectMany((n, k) => n.Fluxes.Frames.Select((f, i) => Row(f, names[k][i], maps[k]))).ToList();
        var table = new FluxTable(rows, first.Fluxes.Stars, first.Fluxes.Radii)
        {
            RadiusUnit = first.Fluxes.RadiusUnit,
            AnnulusInner = first.Fluxes.AnnulusInner,
            AnnulusOuter = first.Fluxes.AnnulusOuter,
            FluxUnit = first.Fluxes.FluxUnit,
            Target = nights.Select(n => n.Fluxes.Target).FirstOrDefault(t => t is not null),
            Site = isOneSite ? first.Fluxes.Site : null,
        };
        int row = 0;
        for (int k = 0; k < nights.Length; k++)
        {
            row = Copy(nights[k].Fluxes, stars[k], table, row);
        }
        Observation observation = first.Observation with
        {
            Night = null,
            Instrument = nights.All(n => n.Observation.Instrument == first.Observation.Instrument) ? first.Observation.Instrument : null,
            Label = $"{SafeName.Of(first.Observation.Target, "no-object")}_{SafeName.Of(first.Observation.Filter, "no-filter")}_nights",
            Lights = [.. rows.Select(r => r.Info)],
        };
        FrameInfo reference = rows[first.Fluxes.Frames.ToList().FindIndex(f => f.Info == first.ReferenceInfo)].Info;
        return (first with { Observation = observation, ReferenceInfo = reference, Fluxes = table }, notices);
    }

    private static double FirstTime(StoredObservation night) =>
        night.Fluxes.Frames.Select(f => f.MidUtc?.Value).OfType<double>().DefaultIfEmpty(double.PositiveInfinity).Min();

    private static void Check(StoredObservation first, StoredObservation other)
    {
        string? why =
            first.Observation.Filter != other.Observation.Filter
                ? $"one is in {first.Observation.Filter ?? "no filter"}, the other in {other.Observation.Filter ?? "no filter"}; nights of one filter are joined"
            : !first.Fluxes.Radii.SequenceEqual(other.Fluxes.Radii) || first.Fluxes.RadiusUnit != other.Fluxes.RadiusUnit
                ? "they were measured in different apertures; reduce one of them again with the other's measure.radii"
            : first.Fluxes.FluxUnit != other.Fluxes.FluxUnit
                ? $"one has fluxes in {first.Fluxes.FluxUnit}, the other in {other.Fluxes.FluxUnit}"
            : null;
        if (why is not null)
        {
            throw new AlbireoException(Failure.Usage, $"{first.Path} and {other.Path} cannot be joined: {why}.");
        }
    }

    private static void CheckTwice(StoredObservation[] nights)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (StoredObservation night in nights)
        {
            foreach (FrameRow frame in night.Fluxes.Frames)
            {
                if (!seen.TryAdd(frame.Sha256 ?? frame.Info.Path, night.Path) && seen[frame.Sha256 ?? frame.Info.Path] != night.Path)
                {
                    throw new AlbireoException(
                        Failure.Usage,
                        $"{frame.Info.Name} is in {seen[frame.Sha256 ?? frame.Info.Path]} and in {night.Path}: a frame cannot count twice."
                    );
                }
            }
        }
    }

    /// <summary>From the first reference frame to another night's.</summary>
    private static PlaneTransform MapTo(StoredObservation first, StoredObservation other)
    {
        var options = new MatchOptions();
        return new FrameMatcher(Sources(first.Fluxes.Stars), options).Match(Sources(other.Fluxes.Stars), out string reason) is { } match
            ? match.Transform
            : throw new AlbireoException(
                Failure.NoResult,
                $"{first.Path} and {other.Path} cannot be joined: their stars form different patterns. {reason}"
            );
    }

    private static Source[] Sources(IReadOnlyList<Star> stars) =>
        [
            .. stars
                .OrderByDescending(s => double.IsFinite(s.Flux) ? s.Flux : double.NegativeInfinity)
                .Select(s => new Source(
                    s.X,
                    s.Y,
                    s.Flux,
                    double.NaN,
                    s.Peak,
                    double.NaN,
                    double.NaN,
                    double.NaN,
                    double.NaN,
                    0,
                    double.NaN,
                    SourceFlags.None
                )),
        ];

    /// <summary>For each star of the first night its number in another, or −1.</summary>
    private static int[] StarsIn(StoredObservation first, StoredObservation other, PlaneTransform map, List<string> notices)
    {
        double reach = double.IsNaN(other.FwhmPixels) ? 3 : Math.Max(2, other.FwhmPixels);
        IReadOnlyList<Star> stars = other.Fluxes.Stars;
        int[] numbers =
        [
            .. first.Fluxes.Stars.Select(s =>
            {
                var at = map.Apply(s.X, s.Y);
                int nearest = -1;
                double least = reach;
                for (int i = 0; i < stars.Count; i++)
                {
                    double distance = double.Hypot(stars[i].X - at.X, stars[i].Y - at.Y);
                    (nearest, least) = distance < least ? (i, distance) : (nearest, least);
                }
                return nearest;
            }),
        ];
        foreach (Star star in first.Fluxes.Stars.Where(s => numbers[s.Id] < 0 && s.Role != StarRole.Field))
        {
            notices.Add($"{star.Label} was not measured in {other.Path}: that night has no point where it is needed.");
        }
        return numbers;
    }

    private static FrameRow Row(FrameRow frame, string name, PlaneTransform map) =>
        frame with
        {
            Info = frame.Info with { Name = name },
            Match = frame.Match is { } match ? match with { Transform = map.Then(match.Transform) } : null,
        };

    /// <summary>Names of the frames; where two nights share one, all frames of the later bear their date.</summary>
    private static string[][] Names(StoredObservation[] nights)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var all = new List<string[]>();
        for (int k = 0; k < nights.Length; k++)
        {
            string[] own = [.. nights[k].Fluxes.Frames.Select(f => f.Info.Name)];
            if (own.Any(taken.Contains))
            {
                string date = nights[k].Observation.Night?.ToString("O", CultureInfo.InvariantCulture) ?? $"night-{k + 1}";
                date = own.Any(n => taken.Contains($"{date}__{n}")) ? $"{date}-{k + 1}" : date;
                own = Array.ConvertAll(own, n => $"{date}__{n}");
            }
            taken.UnionWith(own);
            all.Add(own);
        }
        return [.. all];
    }

    private static int Copy(FluxTable from, int[] stars, FluxTable to, int row)
    {
        for (int i = 0; i < from.Frames.Count; i++, row++)
        {
            Array.Copy(from.RadiusPixels, i * from.Radii.Count, to.RadiusPixels, row * to.Radii.Count, to.Radii.Count);
            for (int s = 0; s < stars.Length; s++)
            {
                if (stars[s] < 0)
                {
                    continue;
                }
                (int source, int target) = (from.At(i, stars[s]), to.At(row, s));
                (to.X[target], to.Y[target]) = (from.X[source], from.Y[source]);
                (to.Sky[target], to.SkyRms[target]) = (from.Sky[source], from.SkyRms[source]);
                (to.Peak[target], to.Flags[target]) = (from.Peak[source], from.Flags[source]);
                for (int a = 0; a < from.Radii.Count; a++)
                {
                    to.Flux[to.At(row, a, s)] = from.Flux[from.At(i, a, stars[s])];
                    to.FluxError[to.At(row, a, s)] = from.FluxError[from.At(i, a, stars[s])];
                }
            }
        }
        return row;
    }

    private static bool IsSame(Site? a, Site? b) =>
        (a is null && b is null)
        || (
            a is { } p
            && b is { } q
            && Math.Abs(p.LatitudeDegrees - q.LatitudeDegrees) < SameSiteDegrees
            && Math.Abs(p.LongitudeDegrees - q.LongitudeDegrees) < SameSiteDegrees
        );
}
