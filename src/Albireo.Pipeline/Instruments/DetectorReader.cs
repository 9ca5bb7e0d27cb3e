using System.Globalization;
using System.Text.RegularExpressions;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>What the header says about the detector: temperature, binning, gain, settings, noise, saturation.</summary>
internal static partial class DetectorReader
{
    /// <summary>
    /// °C of the detector. A sensor whose reading is a placeholder leaves the temperature unknown: the set-point is a wish, and is
    /// taken for the temperature only where no sensor is named.
    /// </summary>
    public static Sourced<double>? Temperature(HeaderReading reading)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.Temperature))
        {
            if (reading.Card(keyword) is not { } card || string.IsNullOrWhiteSpace(card.Value))
            {
                continue;
            }
            return Celsius(reading, keyword) is { } celsius ? new Sourced<double>(celsius, keyword, card.Value.Trim()) : null;
        }
        return null;
    }

    /// <summary>°C that the cooler was told to reach.</summary>
    public static Sourced<double>? SetPoint(HeaderReading reading)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.SetPoint))
        {
            if (Celsius(reading, keyword) is { } celsius)
            {
                return new Sourced<double>(celsius, keyword, reading.Card(keyword)!.Value!.Trim());
            }
        }
        return null;
    }

    private static double? Celsius(HeaderReading reading, string keyword)
    {
        if (reading.Number(keyword) is not { } value)
        {
            return null;
        }
        string raw = reading.Card(keyword)!.Value!.Trim();
        string comment = reading.Comment(keyword);
        double? unit = CommentUnit.In(comment, CommentUnit.Temperatures);
        bool stated =
            unit == 1
            || (
                unit is null
                && (reading.Profile?.TemperatureInKelvin == true || comment.Contains("kelvin", StringComparison.OrdinalIgnoreCase))
            );
        bool kelvin = stated || value is > 100 and < 400;
        double celsius =
            kelvin ? value - 273.15
            : unit == 2 ? (value - 32) / 1.8
            : value;
        if (kelvin && !stated)
        {
            reading.Warn($"{keyword} = {raw} cannot be °C: read as kelvin.");
        }
        if (celsius is > -200 and < 100)
        {
            return Math.Round(celsius, 9);
        }
        reading.Warn($"{keyword} = {raw} is no temperature of a detector: taken as missing.");
        return null;
    }

    /// <summary>Columns × rows a pixel.</summary>
    public static PixelBinning? Binning(HeaderReading reading, int width, out Sourced<string>? sourced)
    {
        sourced = null;
        Sourced<double>? x = WholeNumber(reading, Concepts.BinningX, out bool badX);
        Sourced<double>? y = WholeNumber(reading, Concepts.BinningY, out bool badY);
        PixelBinning binning;
        if (x is not null && y is not null)
        {
            binning = new PixelBinning((int)x.Value, (int)y.Value);
            sourced = new Sourced<string>(binning.ToString(), $"{x.From},{y.From}", $"{x.Raw} {y.Raw}");
        }
        else if (x is not null && !badY)
        {
            binning = new PixelBinning((int)x.Value, (int)x.Value);
            sourced = new Sourced<string>(binning.ToString(), x.From, x.Raw);
        }
        else if (!badX && !badY && reading.Text("CCDSUM") is { } sum && TwoNumbers(sum) is { } both)
        {
            binning = both;
            sourced = new Sourced<string>(binning.ToString(), "CCDSUM", sum);
        }
        else
        {
            return null;
        }
        if (sourced.From != "CCDSUM" && reading.Text("CCDSUM") is { } other && TwoNumbers(other) is { } second && second != binning)
        {
            reading.Warn($"CCDSUM = '{other}' means binning {second}, {sourced.From} {binning}: {sourced.From} is used.");
        }
        CheckSize(reading, binning, width);
        return binning;
    }

    /// <summary>A section of the chip that is written in the header has as many binned columns as the picture, or fewer.</summary>
    private static void CheckSize(HeaderReading reading, PixelBinning binning, int width)
    {
        if (reading.Text("CCDSEC") is { } text && PixelSection.TryParse(text, out PixelSection section) && width > 0)
        {
            int expected = section.Width / binning.Columns;
            if (section.Width % width == 0 && section.Width / width != binning.Columns && expected > 0 && width != expected)
            {
                reading.Warn($"CCDSEC = '{text}' over {width} columns means binning {section.Width / width}, the header says {binning}.");
            }
        }
    }

    private static Sourced<double>? WholeNumber(HeaderReading reading, string concept, out bool bad)
    {
        bad = false;
        Sourced<double>? found = null;
        foreach (string keyword in reading.KeywordsOf(concept))
        {
            if (reading.Number(keyword) is not { } value)
            {
                continue;
            }
            if (value is not (>= 1 and <= 64) || value != Math.Floor(value))
            {
                bad = true;
                reading.Warn($"{keyword} = {reading.Card(keyword)!.Value!.Trim()} is no binning: taken as missing.");
            }
            else if (found is null)
            {
                found = new Sourced<double>(value, keyword, reading.Card(keyword)!.Value!.Trim());
            }
            else
            {
                reading.Hold(found, keyword, value, 0, "");
            }
        }
        return found;
    }

    private static PixelBinning? TwoNumbers(string text)
    {
        string[] parts = text.Split([' ', ',', 'x'], StringSplitOptions.RemoveEmptyEntries);
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int x)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int y)
            && x is >= 1 and <= 64
            && y is >= 1 and <= 64
            ? new PixelBinning(x, y)
            : null;
    }

    public static Sourced<string>? OffsetSetting(HeaderReading reading) =>
        reading.Text(reading.KeywordsOf(Concepts.OffsetSetting)) is not { } found ? null
        : HeaderReading.TryNumber(found.Raw, out double value) ? found with { Value = Show(value) }
        : found;

    /// <summary>Electrons; a value in ADU needs the gain.</summary>
    public static Sourced<double>? ReadNoise(HeaderReading reading, Sourced<double>? gain)
    {
        Sourced<double>? found = reading.Number(
            reading.KeywordsOf(Concepts.ReadNoise),
            v => v is > 0 and < 10000,
            "a read noise",
            agreement: 0.02
        );
        if (reading.Profile?.ReadNoise is { } own)
        {
            if (found is not null && Math.Abs(found.Value - own) > 0.02 * own)
            {
                reading.Warn(
                    $"{found.From} = {found.Raw}, but the profile {reading.Profile.Name} says {Show(own)} e-: the profile is used."
                );
            }
            return new Sourced<double>(own, "profile", Show(own));
        }
        if (found is null || IsElectrons(reading.Comment(found.From)) != false)
        {
            return found;
        }
        if (gain is null)
        {
            reading.Warn($"{found.From} = {found.Raw} is in ADU and the gain is not known: not used.");
            return null;
        }
        return found with { Value = found.Value * gain.Value, From = $"{found.From}*{gain.From}" };
    }

    /// <summary>Whether a comment speaks of electrons or of counts, of which the first word counts; null for neither.</summary>
    private static bool? IsElectrons(string comment) =>
        Charge.Match(comment) is { Success: true } match ? match.Groups["electrons"].Success : null;

    /// <summary>
    /// Raw counts: the header's, the profile's, else the largest value that the file's type holds. A header that names electrons needs
    /// the gain; a level that the file cannot hold is said.
    /// </summary>
    public static Sourced<double>? Saturation(HeaderReading reading, Sourced<double>? gain, double? largestCount)
    {
        Sourced<double>? found =
            SaturationOfHeader(reading, gain)
            ?? (reading.Profile?.Saturation is { } own ? new Sourced<double>(own, "profile", Show(own)) : null);
        if (found is not null && found.Value > largestCount)
        {
            reading.Warn(
                $"{found.From} = {found.Raw} as saturation is more than the file can hold ({Show(largestCount.Value)}): no pixel will count as saturated; 'saturation:' in night.yaml or --set detector.saturation= puts it right."
            );
        }
        if (found is not null)
        {
            return found;
        }
        return largestCount is { } most ? new Sourced<double>(most, TypeMaximum, Show(most)) : null;
    }

    private static Sourced<double>? SaturationOfHeader(HeaderReading reading, Sourced<double>? gain)
    {
        Sourced<double>? found = reading.Number(reading.KeywordsOf(Concepts.Saturation), v => v > 0, "a saturation level");
        if (found is null || IsElectrons(reading.Comment(found.From)) != true)
        {
            return found;
        }
        if (gain is null)
        {
            reading.Warn($"{found.From} = {found.Raw} is in electrons and the gain is not known: not used.");
            return null;
        }
        return found with { Value = found.Value / gain.Value, From = $"{found.From}/{gain.From}" };
    }

    /// <summary>The source of a saturation level that is only the type's largest value.</summary>
    public const string TypeMaximum = "BITPIX";

    private static string Show(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>The first word for a charge; e-/ADU is none.</summary>
    [GeneratedRegex(
        @"(?<electrons>\be-(?!\s*/\s*adu)|electrons?\b(?!\s*(?:/|per)\s*adu)|\[e\])|(?<!(?:/|per)\s*)\b(?<counts>adus?|dn|counts?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Charge { get; }
}
