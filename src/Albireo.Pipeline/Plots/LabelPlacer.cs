namespace Albireo.Pipeline.Plots;

/// <summary>Finds free places for labels: each takes the first of its candidates that lies inside and touches nothing placed before.</summary>
internal sealed class LabelPlacer(PlotBox bounds)
{
    private readonly List<PlotBox> taken = [];

    /// <summary>A place: the text's baseline start, middle or end (−1, 0, 1).</summary>
    public readonly record struct Place(double X, double Baseline, int Anchor);

    /// <summary>Keeps labels away from a box.</summary>
    public void Avoid(PlotBox box) => taken.Add(box);

    /// <summary>The best candidate; the first of those inside where none is free, the first of all where none is inside.</summary>
    public Place Choose(string text, double size, IEnumerable<Place> candidates)
    {
        Place? inside = null;
        Place? first = null;
        foreach (Place place in candidates)
        {
            PlotBox box = BoxOf(place, text, size);
            first ??= place;
            if (!bounds.Holds(box))
            {
                continue;
            }
            inside ??= place;
            if (!taken.Exists(box.Overlaps))
            {
                taken.Add(box);
                return place;
            }
        }
        Place chosen = inside ?? first ?? new Place(bounds.Left, bounds.Top + size, -1);
        taken.Add(BoxOf(chosen, text, size));
        return chosen;
    }

    /// <summary>Around a circle, nearest to the upper right first.</summary>
    public static IEnumerable<Place> Around(double x, double y, double radius, double size)
    {
        double half = 0.36 * size;
        double clear = Math.Max(radius, 5) + 3;
        foreach (double reach in new[] { clear, clear + size, clear + (2.2 * size) })
        {
            double slant = reach * 0.72;
            yield return new Place(x + slant, y - slant + 2, -1);
            yield return new Place(x - slant, y - slant + 2, 1);
            yield return new Place(x + slant, y + slant + half + 2, -1);
            yield return new Place(x - slant, y + slant + half + 2, 1);
            yield return new Place(x + reach, y + half, -1);
            yield return new Place(x - reach, y + half, 1);
            yield return new Place(x, y - reach, 0);
            yield return new Place(x, y + reach + (0.8 * size), 0);
        }
    }

    private static PlotBox BoxOf(Place place, string text, double size)
    {
        double width = TextWidth.Of(text, size);
        double left = place.Anchor switch
        {
            < 0 => place.X,
            0 => place.X - (width / 2),
            _ => place.X - width,
        };
        return new PlotBox(left - 2, place.Baseline - (0.8 * size) - 1, width + 4, size + 2);
    }
}
