using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>Lines of equal value by marching squares (Lorensen and Cline 1987, in two dimensions).</summary>
internal static class ContourLines
{
    /// <summary>Pieces of the line where the image, linear between pixel centres, has the value <paramref name="level"/>.</summary>
    public static List<(PixelPosition From, PixelPosition To)> Find(Image image, double level)
    {
        var pieces = new List<(PixelPosition From, PixelPosition To)>();
        for (int y = 0; y + 1 < image.Height; y++)
        {
            for (int x = 0; x + 1 < image.Width; x++)
            {
                AddCell(image, level, x, y, pieces);
            }
        }
        return pieces;
    }

    private static void AddCell(Image image, double level, int x, int y, List<(PixelPosition From, PixelPosition To)> pieces)
    {
        // The corners in a circle; between two of them the line crosses where one lies above the level and the other does not.
        ReadOnlySpan<(int X, int Y)> corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
        Span<PixelPosition> crossings = stackalloc PixelPosition[4];
        int count = 0;
        double sum = 0;
        for (int i = 0; i < 4; i++)
        {
            (int ax, int ay) = corners[i];
            (int bx, int by) = corners[(i + 1) % 4];
            (double a, double b) = (image[ax, ay], image[bx, by]);
            sum += a;
            if (double.IsNaN(a))
            {
                return;
            }
            if ((a > level) != (b > level))
            {
                double part = (level - a) / (b - a);
                crossings[count++] = new PixelPosition(ax + (part * (bx - ax)), ay + (part * (by - ay)));
            }
        }
        if (count == 2)
        {
            pieces.Add((crossings[0], crossings[1]));
        }
        else if (count == 4)
        {
            // A saddle: the mean of the corners decides which two pairs belong together.
            bool joined = (image[x, y] > level) == (sum / 4 > level);
            pieces.Add((crossings[0], crossings[joined ? 1 : 3]));
            pieces.Add((crossings[2], crossings[joined ? 3 : 1]));
        }
    }
}
