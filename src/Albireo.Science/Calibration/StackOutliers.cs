using System.Numerics;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Which of the values that were left out tell something of the noise. Few values that happen to lie close together make their
/// neighbours look like outliers, and their own scatter says far too little: among three frames of pure noise a third is left out at
/// 3 MAD. A value counts for the scatter unless the others exclude it: the one in a thousand of Student's distribution that is beyond
/// <c>t·s·√(1 + 1/n)</c> of the mean of n values with standard deviation s.
/// </summary>
internal static class StackOutliers
{
    /// <summary>Values that come back widen the circle of those that may.</summary>
    public const int Rounds = 4;

    /// <summary>Two-sided 0.1 % points of Student's distribution with 1, 2 … degrees of freedom.</summary>
    private static readonly double[] Points =
    [
        636.619,
        31.5991,
        12.9240,
        8.61030,
        6.86883,
        5.95882,
        5.40788,
        5.04131,
        4.78091,
        4.58689,
        4.43698,
        4.31779,
        4.22083,
        4.14045,
        4.07277,
        4.01500,
        3.96513,
        3.92165,
        3.88341,
        3.84952,
    ];

    /// <summary>How far a value may lie from the mean of <paramref name="count"/> others, in their standard deviations.</summary>
    public static double Reach(int count)
    {
        if (count < 2)
        {
            return 0;
        }
        int freedom = count - 1;
        return Math.Sqrt(1 + (1.0 / count)) * (freedom <= Points.Length ? Points[freedom - 1] : Expanded(freedom));
    }

    /// <summary>For every lane; counts are whole.</summary>
    /// <param name="reaches">By number of values, from 0 to the number of frames.</param>
    /// <param name="counts">Values used.</param>
    public static Vector512<T> Reaches<T>(ReadOnlySpan<T> reaches, Vector512<T> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector512<T> found = Vector512<T>.Zero;
        for (int k = 0; k < Vector512<T>.Count; k++)
        {
            found = found.WithElement(k, reaches[int.CreateTruncating(counts[k])]);
        }
        return found;
    }

    /// <summary>Abramowitz &amp; Stegun 26.7.5, good to 0.001 from 21 degrees of freedom on.</summary>
    private static double Expanded(int freedom)
    {
        const double x = 3.290526731;
        double cube = x * x * x;
        double fifth = cube * x * x;
        return x
            + ((cube + x) / (4.0 * freedom))
            + (((5 * fifth) + (16 * cube) + (3 * x)) / (96.0 * freedom * freedom))
            + (((3 * fifth * x * x) + (19 * fifth) + (17 * cube) - (15 * x)) / (384.0 * freedom * freedom * freedom));
    }
}
