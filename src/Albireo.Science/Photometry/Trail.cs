using Albireo.Science.Images;

namespace Albireo.Science.Photometry;

/// <summary>A straight trail of light: a segment with a width.</summary>
/// <param name="Start">One end.</param>
/// <param name="End">The other.</param>
/// <param name="HalfWidthPixels">Its light lies within this distance of the segment.</param>
public readonly record struct Trail(PixelPosition Start, PixelPosition End, double HalfWidthPixels)
{
    private const int Rings = 6;
    private const int Directions = 72;

    /// <summary>Distance of a point from the trail's light, pixels; 0 within it.</summary>
    public double Distance(double x, double y)
    {
        (double dx, double dy) = (End.X - Start.X, End.Y - Start.Y);
        double square = (dx * dx) + (dy * dy);
        double along = square > 0 ? Math.Clamp((((x - Start.X) * dx) + ((y - Start.Y) * dy)) / square, 0, 1) : 0;
        (double offX, double offY) = (x - Start.X - (along * dx), y - Start.Y - (along * dy));
        return Math.Max(0, Math.Sqrt((offX * offX) + (offY * offY)) - HalfWidthPixels);
    }

    /// <summary>Part of a ring that lies in the trail's light, 0 … 1, to about a hundredth.</summary>
    public double ShareOfRing(PixelPosition centre, double inner, double outer)
    {
        if (!(Distance(centre.X, centre.Y) < outer))
        {
            return 0;
        }
        int covered = 0;
        for (int k = 0; k < Rings; k++)
        {
            // Rings of one area each.
            double radius = Math.Sqrt((inner * inner) + ((k + 0.5) / Rings * ((outer * outer) - (inner * inner))));
            for (int d = 0; d < Directions; d++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (d + ((double)k / Rings)) / Directions);
                covered += Distance(centre.X + (radius * cos), centre.Y + (radius * sin)) == 0 ? 1 : 0;
            }
        }
        return (double)covered / (Rings * Directions);
    }
}
