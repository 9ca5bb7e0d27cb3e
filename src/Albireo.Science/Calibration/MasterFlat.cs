using System.Numerics;
using System.Numerics.Tensors;
using Albireo.Science.Images;

namespace Albireo.Science.Calibration;

/// <summary>What is special about flats: levels that make them comparable, and the normalisation of the result.</summary>
public static class MasterFlat
{
    /// <summary>The factors that bring frames to a common level: <c>reference/level</c>.</summary>
    /// <param name="levels">Level of each frame, bias and dark removed; above 0.</param>
    /// <param name="reference">The common level: 1, or the first frame's so that values keep their counts.</param>
    /// <exception cref="ArgumentException">A level of 0 or less, or undefined: a flat without light.</exception>
    public static double[] Scales(IReadOnlyList<double> levels, double reference)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var scales = new double[levels.Count];
        for (int i = 0; i < scales.Length; i++)
        {
            scales[i] =
                levels[i] > 0 && double.IsFinite(levels[i])
                    ? reference / levels[i]
                    : throw new ArgumentException($"Flat {i} has the level {levels[i]}: there is no light in it.", nameof(levels));
        }
        return scales;
    }

    /// <summary>Divides a master flat, and its uncertainty, by its own level, so that it becomes about 1.</summary>
    /// <param name="flat">Changed in place.</param>
    /// <param name="uncertainty">Changed in place, or null.</param>
    /// <param name="method">Which level; median unless a recipe wants another.</param>
    /// <param name="region">Where it is taken, or null for the whole frame.</param>
    /// <returns>The level before.</returns>
    /// <exception cref="ArgumentException">The level is 0 or less, or undefined.</exception>
    public static double Normalise(Image flat, Image? uncertainty, LevelMethod method = LevelMethod.Median, PixelRegion? region = null)
    {
        double level = FrameLevel.Of(flat, method, region);
        Normalise(flat.Pixels, uncertainty is null ? [] : uncertainty.Pixels, level);
        return level;
    }

    /// <summary>Divides a master flat, and its uncertainty, by a level.</summary>
    /// <param name="flat">Changed in place.</param>
    /// <param name="uncertainty">Changed in place, or empty.</param>
    /// <param name="level">Above 0.</param>
    /// <exception cref="ArgumentException">The level is 0 or less, or undefined.</exception>
    public static void Normalise<T>(Span<T> flat, Span<T> uncertainty, double level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!(level > 0) || !double.IsFinite(level))
        {
            throw new ArgumentException($"The flat's level is {level}: it cannot be divided by it.", nameof(level));
        }
        TensorPrimitives.Divide(flat, T.CreateTruncating(level), flat);
        TensorPrimitives.Divide(uncertainty, T.CreateTruncating(level), uncertainty);
    }
}
