using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>The masters that one frame is calibrated with; all of the frame's size. What is missing is null and left out.</summary>
public sealed record CalibrationInputs
{
    /// <summary>Nothing to be subtracted, nothing to divide by.</summary>
    public static CalibrationInputs None { get; } = new();

    /// <summary>Bias levels of the frame's own overscan, taken out of the raw counts first; the masters are free of theirs.</summary>
    public OverscanLevels? Overscan { get; init; }

    /// <summary>Master bias, ADU.</summary>
    public Image? Bias { get; init; }

    /// <summary>Master dark, ADU; with or without the bias in it, as <see cref="DarkIncludesBias"/> says.</summary>
    public Image? Dark { get; init; }

    /// <summary>
    /// True for a dark from which no bias was subtracted: then it takes the bias away as well. With a scale other than 1 this needs
    /// <see cref="Bias"/>, for only the dark current grows with time.
    /// </summary>
    public bool DarkIncludesBias { get; init; }

    /// <summary>
    /// How much of this very <see cref="Bias"/> was subtracted when the dark was made: 1, the mean of 1/exposure for a dark of counts a
    /// second, 0 where none or another one was. The bias's error is in both with opposite signs, and only <c>1 − share · scale</c> of
    /// it is left in the frame.
    /// </summary>
    public double DarkBiasShare { get; init; }

    /// <summary>Exposure of the frame over exposure of the dark.</summary>
    public double DarkScale
    {
        get;
        init => field = Require.NotNegative(value);
    } = 1;

    /// <summary>Master flat, normalised to about 1. Where it is 0 or less, or undefined, the result is undefined.</summary>
    public Image? Flat { get; init; }

    /// <summary>Standard deviation of the master bias, ADU.</summary>
    public Image? BiasUncertainty { get; init; }

    /// <summary>Standard deviation of the master dark, ADU (its bias's included where that is in it or was subtracted).</summary>
    public Image? DarkUncertainty { get; init; }

    /// <summary>Standard deviation of the master flat.</summary>
    public Image? FlatUncertainty { get; init; }

    /// <summary>Pixels known to be bad; their flags are passed on.</summary>
    public PixelMask? BadPixels { get; init; }

    /// <summary>Throws unless the masters fit a frame of this size.</summary>
    /// <exception cref="ArgumentException">A master of another size.</exception>
    /// <exception cref="InvalidOperationException">A dark that cannot be scaled.</exception>
    internal void Check(int width, int height)
    {
        if (DarkIncludesBias && Dark is not null && DarkScale != 1 && Bias is null)
        {
            throw new InvalidOperationException($"A dark with the bias inside can only be scaled by {DarkScale} when the bias is known.");
        }
        if (Overscan is { } levels)
        {
            Require.SameLength(levels.IsByRow ? height : width, levels.Values.Length, nameof(Overscan));
        }
        Same(Bias, nameof(Bias));
        Same(Dark, nameof(Dark));
        Same(Flat, nameof(Flat));
        Same(BiasUncertainty, nameof(BiasUncertainty));
        Same(DarkUncertainty, nameof(DarkUncertainty));
        Same(FlatUncertainty, nameof(FlatUncertainty));
        if (BadPixels is { } mask && (mask.Width != width || mask.Height != height))
        {
            throw new ArgumentException(
                $"{nameof(BadPixels)} is {mask.Width} × {mask.Height}, the frame {width} × {height}.",
                nameof(width)
            );
        }

        void Same(Image? image, string name)
        {
            if (image is not null && (image.Width != width || image.Height != height))
            {
                throw new ArgumentException($"{name} is {image.Width} × {image.Height}, the frame {width} × {height}.", nameof(width));
            }
        }
    }
}
