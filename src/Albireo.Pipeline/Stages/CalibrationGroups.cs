using System.Globalization;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Stages;

/// <summary>Which calibration frames belong into one master, and what that is called.</summary>
internal static class CalibrationGroups
{
    /// <summary>
    /// Frames of one state of the detector and one night: size, binning, gain setting, offset, readout mode, camera, for darks temperature
    /// and exposure (any, where they become counts a second), for flats the filter. What a header does not say separates nothing.
    /// </summary>
    /// <param name="frames">Of one kind, in time order.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="nightOf">The night of a frame.</param>
    public static List<List<FrameInfo>> Of(IReadOnlyList<FrameInfo> frames, MasterOptions options, Func<FrameInfo, DateOnly?> nightOf)
    {
        var groups = new List<List<FrameInfo>>();
        CalibrationWindow window = options.Window() with { AnyCamera = false };
        foreach (FrameInfo frame in frames)
        {
            List<FrameInfo>? home = groups.Find(g =>
                SamePixels(g[0], frame)
                && CalibrationMatcher.WhyNot(frame, g[0], window) is null
                && SameExposure(g[0], frame, options)
                && SameNight(nightOf(g[0]), nightOf(frame))
            );
            if (home is null)
            {
                groups.Add([frame]);
            }
            else
            {
                home.Add(frame);
            }
        }
        return groups;
    }

    /// <summary>bias, dark_30s, flat_R; what tells several of a kind apart is appended.</summary>
    public static IReadOnlyList<string> Names(
        FrameKind kind,
        List<List<FrameInfo>> groups,
        MasterOptions options,
        Func<FrameInfo, DateOnly?> nightOf
    )
    {
        (string Label, Func<FrameInfo, string?> Value)[] distinctions =
        [
            ("bin", f => f.Binning?.Value),
            ("gain", f => f.GainSetting?.Value),
            ("offset", f => f.OffsetSetting?.Value),
            (
                "",
                f =>
                    (f.SetPointCelsius ?? f.TemperatureCelsius) is { } t ? t.Value.ToString("F0", CultureInfo.InvariantCulture) + "C" : null
            ),
            ("", f => $"{f.Width}x{f.Height}"),
            ("", f => f.ReadoutMode?.Value),
            ("", f => f.Instrument?.Value),
            ("", f => nightOf(f)?.ToString("O", CultureInfo.InvariantCulture)),
        ];
        var names = new List<string>();
        foreach (List<FrameInfo> group in groups)
        {
            string name = Stem(kind, group[0], options);
            foreach ((string label, Func<FrameInfo, string?> value) in distinctions)
            {
                bool differs = groups.Select(g => value(g[0])).Distinct(StringComparer.Ordinal).Count() > 1;
                if (differs && value(group[0]) is { } text)
                {
                    name += "_" + label + SafeText.FilePart(text);
                }
            }
            string unique = name;
            for (int i = 2; names.Contains(unique, StringComparer.OrdinalIgnoreCase); i++)
            {
                unique = $"{name}_{i}";
            }
            names.Add(unique);
        }
        return names;
    }

    private static string Stem(FrameKind kind, FrameInfo frame, MasterOptions options)
    {
        bool isPerSecond = options.Dark.Form == DarkForm.PerSecond;
        string exposure =
            isPerSecond ? "1s"
            : frame.ExposureSeconds is { } e ? e.Value.ToString("0.######", CultureInfo.InvariantCulture) + "s"
            : "unknown";
        return kind switch
        {
            FrameKind.Bias => "bias",
            FrameKind.Dark => "dark_" + exposure,
            FrameKind.DarkFlat => "darkflat_" + exposure,
            _ => "flat_" + SafeText.FilePart(frame.Filter?.Value ?? "none"),
        };
    }

    private static bool SamePixels(FrameInfo a, FrameInfo b) =>
        a.Width == b.Width
        && a.Height == b.Height
        && a.TrimSection?.Value == b.TrimSection?.Value
        && a.SubFrameOrigin?.Value == b.SubFrameOrigin?.Value;

    private static bool SameExposure(FrameInfo a, FrameInfo b, MasterOptions options) =>
        a.EffectiveKind is not (FrameKind.Dark or FrameKind.DarkFlat)
        || options.Dark.Form == DarkForm.PerSecond
        || (a.ExposureSeconds, b.ExposureSeconds) switch
        {
            (null, null) => true,
            ({ } x, { } y) => Masters.IsSameExposure(x.Value, y.Value, options),
            _ => false,
        };

    /// <summary>A frame without a date goes with any night.</summary>
    private static bool SameNight(DateOnly? a, DateOnly? b) => a is null || b is null || a == b;
}
