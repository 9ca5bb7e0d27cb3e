using Albireo.Pipeline.Inventory;
using Albireo.Science.Calibration;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>How master frames are made.</summary>
public sealed record MasterOptions
{
    /// <summary>How a stack is combined.</summary>
    public StackMethod Combine { get; init; } = StackMethod.ClippedMean;

    /// <summary>What the limits of clipping are centred on.</summary>
    public StackCenter Center { get; init; } = StackCenter.Median;

    /// <summary>What the limits of clipping are measured in.</summary>
    public StackSpread Spread { get; init; } = StackSpread.Mad;

    /// <summary>Values further than this from the stack's centre, in spreads, are clipped.</summary>
    public double Sigma
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>The limit for low values; null: <see cref="Sigma"/>.</summary>
    public double? SigmaLow
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>The limit for high values; null: <see cref="Sigma"/>.</summary>
    public double? SigmaHigh
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Rounds of clipping at most.</summary>
    public int Iterations
    {
        get;
        init => field = Require.Positive(value);
    } = 5;

    /// <summary>The least spread that clipping of biases and darks assumes, ADU: half a step of digitisation.</summary>
    public double MinimumSpread
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.5;

    /// <summary>How many of the lowest values a min-max mean leaves out.</summary>
    public int RejectLowest
    {
        get;
        init => field = Require.NotNegative(value);
    } = 1;

    /// <summary>How many of the highest values a min-max mean leaves out.</summary>
    public int RejectHighest
    {
        get;
        init => field = Require.NotNegative(value);
    } = 1;

    /// <summary>Groups with fewer usable frames make no master.</summary>
    public int MinimumFrames
    {
        get;
        init => field = Require.Positive(value);
    } = 1;

    /// <summary>Stack in double precision, as some systems do; slower, and for their exact numbers only.</summary>
    public bool DoublePrecision { get; init; }

    /// <summary>Masters say when the run that made them began (DATE-PRC).</summary>
    public bool DateProcessed { get; init; }
    public MasterDarkOptions Dark { get; init; } = new();
    public MasterFlatOptions Flat { get; init; } = new();

    /// <summary>A folder whose ready masters are used besides those of the night.</summary>
    public string? From { get; init; }

    /// <summary>How many nights before a frame its masters may be; null: any.</summary>
    public int? PastNights
    {
        get;
        init => field = value is { } v ? Require.NotNegative(v) : null;
    }

    /// <summary>How many nights after a frame its masters may be; null: any.</summary>
    public int? FutureNights
    {
        get;
        init => field = value is { } v ? Require.NotNegative(v) : null;
    }

    /// <summary>Whether masters of a camera with another name may serve.</summary>
    public bool AnyCamera { get; init; }

    /// <summary>Two exposures are the same if they differ by less than this fraction.</summary>
    public double ExposureTolerance
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.005;

    /// <summary>Frames whose detector temperature differs by more than this, in °C, do not calibrate each other.</summary>
    public double TemperatureTolerance
    {
        get;
        init => field = Require.Positive(value);
    } = 2.5;

    /// <summary>The clipping of a stack.</summary>
    /// <param name="minimumSpread">In the units of the stack's values.</param>
    internal StackOptions Stack(double minimumSpread) =>
        new()
        {
            Method = Combine,
            Center = Center,
            Spread = Spread,
            SigmaLow = SigmaLow ?? Sigma,
            SigmaHigh = SigmaHigh ?? Sigma,
            Iterations = Iterations,
            MinimumSpread = minimumSpread,
            RejectLowest = RejectLowest,
            RejectHighest = RejectHighest,
        };

    /// <summary>The clipping of a stack of any pictures.</summary>
    public StackOptions Stack() => Stack(MinimumSpread);

    /// <summary>The same limits over a picture.</summary>
    internal ClipOptions Picture() =>
        new()
        {
            SigmaLow = SigmaLow ?? Sigma,
            SigmaHigh = SigmaHigh ?? Sigma,
            MaxIterations = Iterations,
            Center = Center == StackCenter.Median ? ClipCenter.Median : ClipCenter.Mean,
            Spread = Spread == StackSpread.Mad ? ClipSpread.MedianAbsoluteDeviation : ClipSpread.StandardDeviation,
        };

    /// <summary>Which masters may serve a frame.</summary>
    internal CalibrationWindow Window() =>
        new()
        {
            // Farther than any two nights are apart.
            PastNights = PastNights ?? int.MaxValue / 2,
            FutureNights = FutureNights ?? int.MaxValue / 2,
            TemperatureTolerance = TemperatureTolerance,
            AnyCamera = AnyCamera,
        };

    /// <summary>Throws where settings contradict each other.</summary>
    /// <exception cref="AlbireoException">A sentence.</exception>
    internal void Check()
    {
        if (Flat.Weights != FlatWeights.None && Combine is StackMethod.Median or StackMethod.MinMaxMean)
        {
            throw Contradiction(
                "masters.flat.weights",
                "a mean or a clipped mean as masters.combine; medians and min-max means have no weights"
            );
        }
        if (Flat is { LowestLevel: { } low, HighestLevel: { } high } && low >= high)
        {
            throw Contradiction("masters.flat.lowest-level", "a level below masters.flat.highest-level");
        }
        if (Flat is { Region: not null, Scale: FlatLevel.None })
        {
            throw Contradiction("masters.flat.region", "masters.flat.scale to say which level is taken there");
        }
    }

    private static AlbireoException Contradiction(string key, string needs) => new(Failure.Usage, $"{key} needs {needs}.");
}
