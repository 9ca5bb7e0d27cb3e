using Albireo.Science.Images;

namespace Albireo.Tests.Images;

/// <summary>The frames of reference/display.py, to the bit.</summary>
internal static class MadeUpFrame
{
    public static Image Of(string kind, int width, int height, long seed)
    {
        var image = new Image(width, height);
        long state = seed;
        for (int i = 0; i < width * height; i++)
        {
            long total = 0;
            for (int k = 0; k < 4; k++)
            {
                state = ((state * 1103515245) + 12345) % 2147483648;
                total += state >> 16;
            }
            double value = total / 1024.0;
            if (kind == "counts")
            {
                value = total >> 10;
            }
            if (kind is "stars" or "holes" && i % 97 < 3)
            {
                value += ((i % 97) + 1) * (state >> 20);
            }
            if (kind == "holes" && i % 11 == 5)
            {
                value = double.NaN;
            }
            if (kind == "negative")
            {
                value = i % 2 != 0 ? value - 64 : -value * 1e-3;
            }
            image.Pixels[i] = (float)value;
        }
        return image;
    }
}
