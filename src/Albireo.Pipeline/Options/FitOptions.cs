using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>
/// What is known of the planet before its transit is fitted, in the words of a planet file. One number is held; a value and its error
/// are a prior; what is not given is fitted freely within stated bounds.
/// </summary>
public sealed record FitOptions
{
    public string? Name { get; init; }

    /// <summary>Orbital period in days. One night cannot tell it.</summary>
    public IReadOnlyList<double> Period
    {
        get;
        init => field = Prior(value, nameof(Period));
    } = [];

    /// <summary>A mid-transit in BJD_TDB, of any epoch: what it predicts for this night is held or a prior, or the middle of <see cref="TcWindow"/>.</summary>
    public IReadOnlyList<double> T0
    {
        get;
        init => field = Prior(value, nameof(T0));
    } = [];

    /// <summary>With <see cref="T0"/>: mid-transit is free within this many minutes of the prediction.</summary>
    public double? TcWindow
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Rp/R*.</summary>
    public IReadOnlyList<double> RpRs
    {
        get;
        init => field = Prior(value, nameof(RpRs));
    } = [];

    /// <summary>a/R*.</summary>
    public IReadOnlyList<double> ARs
    {
        get;
        init => field = Prior(value, nameof(ARs));
    } = [];

    /// <summary>Degrees.</summary>
    public IReadOnlyList<double> Inclination
    {
        get;
        init => field = Prior(value, nameof(Inclination));
    } = [];
    public IReadOnlyList<double> Eccentricity
    {
        get;
        init => field = Prior(value, nameof(Eccentricity));
    } = [];

    /// <summary>Argument of periastron, degrees.</summary>
    public IReadOnlyList<double> Omega
    {
        get;
        init => field = Prior(value, nameof(Omega));
    } = [];

    /// <summary>Limb darkening, linear and quadratic.</summary>
    public IReadOnlyList<double> U1
    {
        get;
        init => field = Prior(value, nameof(U1));
    } = [];
    public IReadOnlyList<double> U2
    {
        get;
        init => field = Prior(value, nameof(U2));
    } = [];

    /// <summary>What the light outside transit depends on: time, airmass, x, y, fwhm, sky, each also squared (<c>time^2</c>); <c>auto</c>
    /// lets BIC choose; <c>none</c> for a constant.</summary>
    public IReadOnlyList<string> Baseline
    {
        get;
        init =>
            field =
                value is ["auto"] or ["none"]
                || value.All(t => CurveOptions.Trends.Contains(t.EndsWith("^2", StringComparison.Ordinal) ? t[..^2] : t))
                    ? value
                    : throw new ArgumentException(
                        $"Baseline: expected some of {string.Join(", ", CurveOptions.Trends)}, squared as time^2, or auto, or none.",
                        nameof(value)
                    );
    } = ["airmass"];

    /// <summary>Whether errors are widened for red noise.</summary>
    public bool RedNoise { get; init; } = true;

    /// <summary>Steps after which the sampler gives up.</summary>
    public int MaximumSteps
    {
        get;
        init => field = (int)Require.Positive(value);
    } = 30000;

    /// <summary>Of the sampler's random numbers.</summary>
    public int Seed
    {
        get;
        init => field = (int)Require.NotNegative(value);
    } = 1;

    private static IReadOnlyList<double> Prior(IReadOnlyList<double> value, string name) =>
        value is [] or [_] or [_, > 0]
            ? value
            : throw new ArgumentException($"{name}: expected a number, or a value and its error above 0.", name);
}
