using Albireo.Fits;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>Several pictures made one.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Header">Of the first picture.</param>
/// <param name="Levels">Median (or other level) of each picture where scaling or weights needed it; else empty.</param>
/// <param name="Image">The result.</param>
/// <param name="Uncertainty">Its standard deviation, from the scatter of the values.</param>
/// <param name="Used">How many values each pixel rests on.</param>
public sealed record CombinedPicture(
    CombineRequest Request,
    FitsHeader Header,
    IReadOnlyList<double> Levels,
    Image Image,
    Image Uncertainty,
    ushort[] Used
)
{
    /// <summary>Part of all values that no result rests on.</summary>
    public double RejectedFraction => RejectedPart(Used, Request.Files.Count);

    /// <summary>Part of the values of a stack that no pixel rests on.</summary>
    internal static double RejectedPart(ReadOnlySpan<ushort> used, int frames)
    {
        long sum = 0;
        foreach (ushort count in used)
        {
            sum += count;
        }
        return 1 - (sum / ((double)used.Length * frames));
    }
}
