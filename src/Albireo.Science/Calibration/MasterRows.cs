using Albireo.Science.Images;

namespace Albireo.Science.Calibration;

/// <summary>One row of every master, and how much of it is taken; empty where there is none.</summary>
internal readonly ref struct MasterRows
{
    /// <summary>ADU; empty, too, where a dark takes it away.</summary>
    public ReadOnlySpan<float> Bias { get; private init; }

    /// <summary>1; less where a dark that has the bias inside is scaled.</summary>
    public float BiasScale { get; private init; }

    /// <summary>σ of the bias, ADU.</summary>
    public ReadOnlySpan<float> BiasSigma { get; private init; }

    /// <summary>
    /// What of the bias's variance is to be added; below 0 where the dark's, which holds the same error with the opposite sign, has more of
    /// it than is left in the frame: (1 − share·scale)² − (share·scale)².
    /// </summary>
    public float BiasVariance { get; private init; }

    /// <summary>The part of the raw counts that is not made of electrons, ADU.</summary>
    public ReadOnlySpan<float> Pedestal { get; private init; }

    /// <summary>ADU.</summary>
    public ReadOnlySpan<float> Dark { get; private init; }

    /// <summary>Exposure of the frame over that of the dark.</summary>
    public float DarkScale { get; private init; }

    /// <summary>σ of the dark, ADU.</summary>
    public ReadOnlySpan<float> DarkSigma { get; private init; }

    /// <summary>About 1.</summary>
    public ReadOnlySpan<float> Flat { get; private init; }

    /// <summary>σ of the flat.</summary>
    public ReadOnlySpan<float> FlatSigma { get; private init; }

    /// <summary>Whether there are bias, dark and flat, the dark and the flat with their σ.</summary>
    public bool AreAll =>
        !Bias.IsEmpty && !Pedestal.IsEmpty && !Dark.IsEmpty && DarkScale != 0 && !DarkSigma.IsEmpty && !Flat.IsEmpty && !FlatSigma.IsEmpty;

    public static MasterRows Of(CalibrationInputs inputs, int y)
    {
        bool biasInDark = inputs.DarkIncludesBias && inputs.Dark is not null;
        float darkScale = (float)inputs.DarkScale;
        float biasScale = biasInDark ? 1 - darkScale : 1;
        return new MasterRows
        {
            Bias = biasScale == 0 ? [] : Row(inputs.Bias, y),
            BiasScale = biasScale,
            BiasSigma = Row(inputs.BiasUncertainty, y),
            BiasVariance =
                inputs.Dark is not null && inputs.DarkBiasShare > 0
                    ? 1 - (2 * (float)inputs.DarkBiasShare * darkScale)
                    : biasScale * biasScale,
            // Without a bias frame, a dark that holds the bias is the best pedestal: its few thermal electrons are then left out.
            Pedestal = Row(inputs.Bias ?? (biasInDark ? inputs.Dark : null), y),
            Dark = Row(inputs.Dark, y),
            DarkScale = darkScale,
            DarkSigma = inputs.Dark is null ? [] : Row(inputs.DarkUncertainty, y),
            Flat = Row(inputs.Flat, y),
            FlatSigma = inputs.Flat is null ? [] : Row(inputs.FlatUncertainty, y),
        };
    }

    /// <summary>The same for counts that have lost their bias.</summary>
    public MasterRows WithoutBias() => this with { Bias = [] };

    private static ReadOnlySpan<float> Row(Image? image, int y) => image is null ? [] : image.Row(y);
}
