using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Instruments;

/// <summary>
/// What is known about a telescope, a camera or the program that writes its files, beyond what their headers say. A profile is one
/// YAML file; docs/stages/inventory.md lists its keys.
/// </summary>
public sealed record TelescopeProfile
{
    public required string Name { get; init; }

    /// <summary>Other texts in INSTRUME, then TELESCOP, that this profile is for; any case, with <c>*</c> and <c>?</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Texts in SWCREATE, CREATOR, PROGRAM, SOFTWARE or ORIGIN; looked at when neither instrument nor telescope is known.</summary>
    public IReadOnlyList<string> Writers { get; init; } = [];
    public string? Description { get; init; }

    /// <summary>Keywords that are tried before the usual ones, by concept (<see cref="Concepts"/>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Keywords { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The writer's words for kinds of frames, before the usual ones.</summary>
    public IReadOnlyDictionary<string, FrameKind> Words { get; init; } = new Dictionary<string, FrameKind>();

    /// <summary>File names, with <c>*</c> and <c>?</c>, that tell the kind where the header does not.</summary>
    public IReadOnlyList<KeyValuePair<string, FrameKind>> FileNames { get; init; } = [];

    /// <summary>Clock of the dates where the header has no TIMESYS.</summary>
    public TimeScale? TimeScale { get; init; }

    /// <summary>What the date of the observation dates.</summary>
    public TimeMeaning TimeIs { get; init; } = TimeMeaning.Start;

    /// <summary>Added to two-digit years: 1900 as the standard has it, unless the user says otherwise.</summary>
    public int Century { get; init; } = 1900;

    /// <summary>Electrons per ADU; comes before the header's.</summary>
    public double? Gain { get; init; }

    /// <summary>Electrons; comes before the header's.</summary>
    public double? ReadNoise { get; init; }

    /// <summary>Raw counts; used where the header has none.</summary>
    public double? Saturation { get; init; }

    /// <summary>Columns and rows to cut away on every side.</summary>
    public Trimming? Trimming { get; init; }

    /// <summary>Arc seconds a pixel, as read out; used where the header has none.</summary>
    public double? PixelScale { get; init; }

    /// <summary>Used where the header has none; its height also where the header has only latitude and longitude.</summary>
    public Site? Site { get; init; }

    /// <summary>Longitudes in the header are positive to the west.</summary>
    public bool WestPositiveLongitudes { get; init; }

    /// <summary>Aperture, mm; used where the header has none.</summary>
    public double? ApertureDiameter { get; init; }

    /// <summary>Temperatures in the header are kelvin.</summary>
    public bool TemperatureInKelvin { get; init; }

    /// <summary>What one unit of the exposure keyword is, in seconds.</summary>
    public double? ExposureUnitSeconds { get; init; }

    /// <summary>What GAIN holds, where its comment does not say.</summary>
    public GainMeaning GainIs { get; init; } = GainMeaning.Unknown;

    /// <summary>Right ascension as a bare number is in hours.</summary>
    public bool RightAscensionInHours { get; init; }

    /// <summary>Sub-frame origins in the header count unbinned pixels.</summary>
    public bool SubFrameOriginUnbinned { get; init; }

    /// <summary>The HDU that holds the picture, where it is not the first image.</summary>
    public int? Hdu { get; init; }

    /// <summary>Stage settings that count when lights were taken with it.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Where the profile was read: a file, or <c>built in</c>.</summary>
    public string Source { get; init; } = BuiltIn;

    public const string BuiltIn = "built in";

    /// <summary>Whether a header text names this profile.</summary>
    public bool IsNamed(string text) => Wildcard.Matches(Name, text) || Aliases.Any(alias => Wildcard.Matches(alias, text));
}
