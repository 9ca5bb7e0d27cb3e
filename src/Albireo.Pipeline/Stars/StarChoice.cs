using System.Globalization;
using Albireo.Science.Images;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stars;

/// <summary>Who is target, comparison and check among stars that are measured already.</summary>
public sealed record StarChoice
{
    /// <summary>Null: as before.</summary>
    public StarDesignation? Target { get; init; }

    /// <summary>Forget the target of before: there is no curve then.</summary>
    public bool NoTarget { get; init; }

    /// <summary>Empty: as before.</summary>
    public IReadOnlyList<StarDesignation> Comparisons { get; init; } = [];

    /// <summary>Forget the comparisons of before; the program chooses.</summary>
    public bool ChooseComparisons { get; init; }
    public StarDesignation? Check { get; init; }

    /// <summary>Forget the check star of before.</summary>
    public bool NoCheck { get; init; }

    /// <summary>A table of stars with roles and magnitudes, or null.</summary>
    public string? StarsFile { get; init; }

    public bool IsEmpty => this == new StarChoice { Comparisons = Comparisons } && Comparisons.Count == 0;

    /// <summary>The stars with their new roles.</summary>
    /// <param name="stars">As measured.</param>
    /// <param name="wcs">Of the reference frame, or null.</param>
    /// <param name="fwhmPixels">Of the reference frame; NaN if unknown.</param>
    /// <param name="notice">Told of stars of the table that were not measured.</param>
    /// <exception cref="AlbireoException">A designation fits no measured star, or two fit the same.</exception>
    public IReadOnlyList<Star> Apply(IReadOnlyList<Star> stars, Wcs? wcs, double fwhmPixels, Action<string> notice)
    {
        Star[] chosen = [.. stars];
        double reach = double.IsNaN(fwhmPixels) ? 6 : Math.Max(6, 2 * fwhmPixels);
        if (StarsFile is { } file)
        {
            ApplyTable(file, chosen, wcs, reach, notice);
        }
        var taken = new Dictionary<int, string>();
        if (Comparisons.Count > 0 || ChooseComparisons)
        {
            Clear(chosen, StarRole.Comparison);
        }
        if (NoCheck)
        {
            Clear(chosen, StarRole.Check);
        }
        if (NoTarget)
        {
            Clear(chosen, StarRole.Target);
        }
        foreach (StarDesignation comparison in Comparisons)
        {
            Give("--comparison", comparison, StarRole.Comparison);
        }
        if (Check is { } check)
        {
            Clear(chosen, StarRole.Check);
            Give("--check", check, StarRole.Check);
        }
        if (Target is { } target)
        {
            Clear(chosen, StarRole.Target);
            Give("--target", target, StarRole.Target);
        }
        return chosen;

        void Give(string option, StarDesignation designation, StarRole role)
        {
            int star = Find(chosen, designation, option, wcs, reach);
            if (!taken.TryAdd(star, $"{option} {designation.Text}"))
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{option} {designation.Text} is the same star as {taken[star]}, #{star}; choose another."
                );
            }
            chosen[star] = chosen[star] with
            {
                Role = role,
                Position = (designation as StarDesignation.Sky)?.Position ?? chosen[star].Position,
            };
        }
    }

    /// <summary>Names, roles, places and magnitudes from a table; of lines without a role that fall on one star the nearest counts.</summary>
    private static void ApplyTable(string file, Star[] chosen, Wcs? wcs, double reach, Action<string> notice)
    {
        var taken = new Dictionary<int, (double Distance, bool HasRole)>();
        (int missing, int blended) = (0, 0);
        foreach (StarRow row in StarTable.Read(file))
        {
            PixelPosition at =
                row.Pixel
                ?? (row.Sky is { } sky ? wcs?.ToPixel(sky) : null)
                ?? throw StarTable.Bad(row.File, row.Line, "ra,dec", "the reference frame has no WCS", "x,y in pixels");
            bool hasRole = row.Star.Role != StarRole.Field;
            (int star, double distance) = Nearest(chosen, at);
            if (!(distance <= reach))
            {
                _ = hasRole ? throw FarOff("--stars", $"line {row.Line}", chosen, at, reach) : missing++;
                continue;
            }
            if (taken.TryGetValue(star, out var other) && (other.HasRole || hasRole || other.Distance <= distance))
            {
                blended++;
                if (!hasRole)
                {
                    continue;
                }
            }
            taken[star] = (distance, hasRole);
            chosen[star] = chosen[star] with
            {
                Name = row.Star.Name ?? chosen[star].Name,
                Role = hasRole ? row.Star.Role : chosen[star].Role,
                Position = row.Sky ?? chosen[star].Position,
                Magnitudes = row.Star.Magnitudes.With(chosen[star].Magnitudes),
            };
        }
        StarTable.Tell(file, missing, blended, "were not measured", notice);
    }

    private static void Clear(Star[] stars, StarRole role)
    {
        for (int i = 0; i < stars.Length; i++)
        {
            stars[i] = stars[i].Role == role ? stars[i] with { Role = StarRole.Field } : stars[i];
        }
    }

    private static int Find(Star[] stars, StarDesignation designation, string option, Wcs? wcs, double reach)
    {
        switch (designation)
        {
            case StarDesignation.Id id:
                return id.Number < stars.Length
                    ? id.Number
                    : throw Misfit(option, designation.Text, $"observation.fits holds the stars #0 to #{stars.Length - 1}");
            case StarDesignation.Pixel pixel:
                return Nearest(stars, new PixelPosition(pixel.X, pixel.Y), reach, option, designation.Text);
            case StarDesignation.Sky sky:
                return wcs is not null
                    ? Nearest(stars, wcs.ToPixel(sky.Position), reach, option, designation.Text)
                    : throw Misfit(option, designation.Text, "the reference frame has no WCS; give X,Y in pixels or #id");
            default:
                int named = Array.FindIndex(stars, s => string.Equals(s.Name, designation.Text, StringComparison.OrdinalIgnoreCase));
                return named >= 0 ? named : throw Misfit(option, designation.Text, "no measured star has that name");
        }
    }

    private static int Nearest(Star[] stars, PixelPosition at, double reach, string option, string text)
    {
        (int nearest, double distance) = Nearest(stars, at);
        return distance <= reach ? nearest : throw FarOff(option, text, stars, at, reach);
    }

    private static (int Star, double Distance) Nearest(Star[] stars, PixelPosition at)
    {
        (int nearest, double least) = (-1, double.PositiveInfinity);
        for (int i = 0; i < stars.Length; i++)
        {
            double distance = double.Hypot(stars[i].X - at.X, stars[i].Y - at.Y);
            (nearest, least) = distance < least ? (i, distance) : (nearest, least);
        }
        return (nearest, least);
    }

    private static AlbireoException FarOff(string option, string text, Star[] stars, PixelPosition at, double reach)
    {
        int nearest = Nearest(stars, at).Star;
        return Misfit(
            option,
            text,
            nearest < 0
                ? "no star was measured"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"no measured star lies within {reach:F0} pixels of ({at.X:F1}, {at.Y:F1}); the nearest is #{nearest} at ({stars[nearest].X:F1}, {stars[nearest].Y:F1}). albireo reduce measures any place that is named"
                )
        );
    }

    private static AlbireoException Misfit(string option, string text, string why) => new(Failure.Usage, $"{option} {text}: {why}.");
}
