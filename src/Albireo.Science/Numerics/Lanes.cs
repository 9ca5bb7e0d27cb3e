using System.Runtime.Intrinsics;

namespace Albireo.Science.Numerics;

/// <summary>Sums over the lanes of a vector in one fixed order, so that every CPU gives the same bits.</summary>
internal static class Lanes
{
    /// <summary>((0+4)+(2+6)) + ((1+5)+(3+7)): the same tree whatever the width of the hardware.</summary>
    public static double Sum(Vector512<double> lanes)
    {
        Vector256<double> four = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }
}
