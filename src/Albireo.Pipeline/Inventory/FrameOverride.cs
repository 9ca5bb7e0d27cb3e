using Albireo.Pipeline.Instruments;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Inventory;

/// <summary>What the user says of the frames whose file names fit a pattern.</summary>
public sealed record FrameOverride
{
    public required string Pattern { get; init; }
    public FrameKind? Kind { get; init; }
    public double? Exposure { get; init; }
    public string? Filter { get; init; }
    public string? Target { get; init; }
    public JulianDate? Start { get; init; }
    public double? Gain { get; init; }
    public double? ReadNoise { get; init; }
    public double? Saturation { get; init; }
    public double? Temperature { get; init; }

    /// <summary>Why the frame is to be left out; null to use it.</summary>
    public string? Exclude { get; init; }

    internal static FrameOverride Read(string pattern, YamlMap map)
    {
        var own = new FrameOverride
        {
            Pattern = pattern,
            Kind = map.Text("kind") is not { } word
                ? null
                : KindReader.OfWord(word) ?? throw map.Error("kind", $"'{word}' is no kind of frame"),
            Exposure =
                map.Number("exposure") is not { } seconds ? null
                : seconds >= 0 ? seconds
                : throw map.Error("exposure", "seconds are expected"),
            Filter = map.Text("filter"),
            Target = map.Text("object"),
            Start =
                map.Text("start") is not { } text ? null
                : JulianDate.TryParseIso(text, out JulianDate utc, out string? why) ? utc
                : throw map.Error("start", why ?? "no date"),
            Gain = map.Positive("gain"),
            ReadNoise = map.Positive("read-noise"),
            Saturation = map.Positive("saturation"),
            Temperature = map.Number("temperature"),
            Exclude = map.Text("exclude") switch
            {
                null or "false" or "no" => null,
                "true" or "yes" => "left out by night.yaml",
                var reason => $"left out by night.yaml: {reason}",
            },
        };
        map.RequireAllKnown();
        return own;
    }

    internal FrameInfo Apply(FrameInfo frame) =>
        frame with
        {
            Kind = Kind is { } kind ? Sourced(kind) : frame.Kind,
            Contradiction = Kind is null ? frame.Contradiction : null,
            ExposureSeconds = Exposure is { } exposure ? Sourced(exposure) : frame.ExposureSeconds,
            Filter = Filter is { } filter ? Sourced(filter) : frame.Filter,
            ObjectName = Target is { } name ? Sourced(name) : frame.ObjectName,
            Start = Start is { } start ? Sourced(start) : frame.Start,
            Gain = Gain is { } gain ? Sourced(gain) : frame.Gain,
            ReadNoiseElectrons = ReadNoise is { } noise ? Sourced(noise) : frame.ReadNoiseElectrons,
            Saturation = Saturation is { } level ? Sourced(level) : frame.Saturation,
            TemperatureCelsius = Temperature is { } temperature ? Sourced(temperature) : frame.TemperatureCelsius,
            LeftOut = Exclude ?? frame.LeftOut,
        };

    private Sourced<T> Sourced<T>(T value) => new(value, NightFile.FileName, Pattern);
}
