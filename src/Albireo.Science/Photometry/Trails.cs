using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Photometry;

/// <summary>
/// The straight trails of a picture, put together from its trailed sources: stars on a trail part it into pieces, and what runs on one
/// line is one trail, gaps included.
/// </summary>
public static class Trails
{
    // A uniform line's half-length in its standard deviations, and a Gaussian's FWHM.
    private static readonly double HalfLengthOfFwhm = Math.Sqrt(3) / MatchedFilter.GaussianFwhm;

    // Width of the pixels above the threshold in the FWHM across: a trail's light is seen so far out.
    private const double WidthOfFwhm = 2.5;

    private const double SameLineDegrees = 12;
    private const double SameLinePixels = 3;

    // A star on a piece pulls its middle off the line, and the more the farther one looks along it.
    private const double SameLineSlope = 0.05;

    /// <summary>Finds them.</summary>
    /// <param name="sources">All sources of the picture; bleeding columns are no trails.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture: a trail that leaves it reaches to its border.</param>
    public static Trail[] Of(IReadOnlyList<Source> sources, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(sources);
        List<Source> pieces = [.. sources.Where(IsPiece).OrderByDescending(s => s.PixelCount).ThenBy(s => s.Y).ThenBy(s => s.X)];
        var trails = new List<Trail>();
        while (pieces.Count > 0)
        {
            var line = new List<Source> { pieces[0] };
            pieces.RemoveAt(0);
            // The line grows more certain with each piece; what did not fit before may fit then.
            for (bool grows = true; grows; )
            {
                Source[] more = [.. pieces.Where(p => IsOn(line, p))];
                grows = more.Length > 0;
                line.AddRange(more);
                pieces.RemoveAll(p => more.Contains(p));
            }
            trails.Add(Joined(line, width, height));
        }
        return [.. trails];
    }

    private static bool IsPiece(Source s) =>
        (s.Flags & (SourceFlags.Trailed | SourceFlags.Bleeding)) == SourceFlags.Trailed && double.IsFinite(s.FwhmMajor + s.AngleDegrees);

    private static bool IsOn(List<Source> line, Source piece)
    {
        (double x, double y, double cos, double sin) = Line(line);
        double along = ((piece.X - x) * cos) + ((piece.Y - y) * sin);
        double across = Math.Abs(((piece.Y - y) * cos) - ((piece.X - x) * sin));
        double turned = Math.Abs(piece.AngleDegrees - (Math.Atan2(sin, cos) * 180 / Math.PI)) % 180;
        return Math.Min(turned, 180 - turned) < SameLineDegrees
            && across < SameLinePixels + piece.FwhmMinor + (SameLineSlope * Math.Abs(along));
    }

    // Middle and direction of all pieces: the long axis of their ends, each weighted with its pixels.
    private static (double X, double Y, double Cos, double Sin) Line(List<Source> pieces)
    {
        double weights = 2 * pieces.Sum(p => (double)p.PixelCount);
        double x = pieces.Sum(p => 2 * p.PixelCount * p.X) / weights;
        double y = pieces.Sum(p => 2 * p.PixelCount * p.Y) / weights;
        (double xx, double yy, double xy) = (0, 0, 0);
        foreach (Source piece in pieces)
        {
            foreach (PixelPosition end in Ends(piece))
            {
                xx += piece.PixelCount * (end.X - x) * (end.X - x);
                yy += piece.PixelCount * (end.Y - y) * (end.Y - y);
                xy += piece.PixelCount * (end.X - x) * (end.Y - y);
            }
        }
        (double sin, double cos) = Math.SinCos(0.5 * Math.Atan2(2 * xy, xx - yy));
        return (x, y, cos, sin);
    }

    private static PixelPosition[] Ends(Source piece)
    {
        (double sin, double cos) = Math.SinCos(piece.AngleDegrees * Math.PI / 180);
        // A bright star on the piece draws the moments together, but not the number of its pixels.
        double half = Math.Max(HalfLengthOfFwhm * piece.FwhmMajor, piece.PixelCount / (2 * WidthOfFwhm * piece.FwhmMinor));
        return [new(piece.X - (half * cos), piece.Y - (half * sin)), new(piece.X + (half * cos), piece.Y + (half * sin))];
    }

    private static Trail Joined(List<Source> pieces, int width, int height)
    {
        (double x, double y, double cos, double sin) = Line(pieces);
        double[] ends = [.. pieces.SelectMany(Ends).Select(e => ((e.X - x) * cos) + ((e.Y - y) * sin))];
        double[] widths = [.. pieces.Select(p => p.FwhmMinor)];
        Array.Sort(widths);
        (double first, double last) = (ends.Min(), ends.Max());
        double half = widths[widths.Length / 2];
        if (pieces.Exists(p => p.Flags.HasFlag(SourceFlags.Edge)))
        {
            (double border, double otherBorder) = Borders(x, y, cos, sin, width, height);
            // Moments make a piece with a bright star shorter than it is: an end in the last tenth has left the picture.
            double near = 0.1 * (otherBorder - border);
            first = first - border < near ? border : first;
            last = otherBorder - last < near ? otherBorder : last;
        }
        return new Trail(
            new PixelPosition(x + (first * cos), y + (first * sin)),
            new PixelPosition(x + (last * cos), y + (last * sin)),
            half
        );
    }

    // Where the line through a point enters and leaves the picture, pixels along it.
    private static (double First, double Last) Borders(double x, double y, double cos, double sin, int width, int height)
    {
        (double first, double last) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach ((double at, double slope, int size) in ((double, double, int)[])[(x, cos, width), (y, sin, height)])
        {
            if (Math.Abs(slope) > 1e-9)
            {
                double a = (-0.5 - at) / slope;
                double b = (size - 0.5 - at) / slope;
                first = Math.Max(first, Math.Min(a, b));
                last = Math.Min(last, Math.Max(a, b));
            }
        }
        return (first, last);
    }
}
