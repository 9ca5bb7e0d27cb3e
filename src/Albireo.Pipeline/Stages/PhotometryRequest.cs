using System.Globalization;
using Albireo.Pipeline.Options;

namespace Albireo.Pipeline.Stages;

/// <summary>What <c>albireo photometry</c> is asked for.</summary>
public sealed record PhotometryRequest
{
    public required string File { get; init; }

    /// <summary>POSITIONS.csv; null: the stars that are found (PSF photometry only).</summary>
    public string? Positions { get; init; }

    /// <summary>The table: .csv, .fits or .ecsv.</summary>
    public required string Output { get; init; }

    /// <summary>Radii in pixels, as they were written; empty: none given.</summary>
    public IReadOnlyList<string> Radii { get; init; } = [];

    /// <summary>Inner and outer radius of the sky's ring; null: none, and no sky is taken off unless it comes from the mesh.</summary>
    public (double Inner, double Outer)? Annulus { get; init; }
    public ApertureShape Shape { get; init; } = new(ApertureKind.Circle);
    public double? Gain { get; init; }
    public double? ReadNoise { get; init; }

    /// <summary>Magnitude of a flux of 1; null: no magnitudes.</summary>
    public double? ZeroPoint { get; init; }

    /// <summary>Fit the frame's profile to all stars instead of summing apertures.</summary>
    public bool Psf { get; init; }

    /// <summary>Where the frame less its stars goes, with <see cref="Psf"/>; or null.</summary>
    public string? Residual { get; init; }
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>The settings that the request comes to: positions stay as they are given unless a setting says otherwise.</summary>
    public Recipe Recipe()
    {
        List<Setting> all = [new("detect.stars.maximum-stars", ["0"], "photometry"), new("measure.recentring", ["none"], "photometry")];
        all.AddRange(Settings);
        if (Radii.Count > 0)
        {
            all.Add(new Setting("measure.radii", Radii, "--radii"));
            all.Add(new Setting("measure.radius-unit", ["pixels"], "--radii"));
        }
        if (Annulus is { } annulus)
        {
            all.Add(new Setting("measure.annulus-inner", [Text(annulus.Inner)], "--annulus"));
            all.Add(new Setting("measure.annulus-outer", [Text(annulus.Outer)], "--annulus"));
            all.Add(new Setting("measure.sky-from", ["annulus"], "--annulus"));
        }
        if (Gain is { } gain)
        {
            all.Add(new Setting("detector.gain", [Text(gain)], "--gain"));
        }
        if (ReadNoise is { } noise)
        {
            all.Add(new Setting("detector.read-noise", [Text(noise)], "--read-noise"));
        }
        return RecipeBinder.Bind(all);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
