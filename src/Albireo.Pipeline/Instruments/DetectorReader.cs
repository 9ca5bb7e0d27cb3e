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
        bool stated =
            reading.Profile?.TemperatureInKelvin == true || reading.Comment(keyword).Contains("kelvin", StringComparison.OrdinalIgnoreCase);
        bool kelvin = stated || value is > 100 and < 400;
        double celsius = kelvin ? value - 273.15 : value;
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
        foreach (string keyword in reading.KeywordsOf(concept))
        {
            if (reading.Number(keyword) is not { } value)
            {
                continue;
            }
            if (value is >= 1 and <= 64 && value == Math.Floor(value))
            {
                return new Sourced<double>(value, keyword, reading.Card(keyword)!.Value!.Trim());
            }
            bad = true;
            reading.Warn($"{keyword} = {reading.Card(keyword)!.Value!.Trim()} is no binning: taken as missing.");
        }
        return null;
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

    /// <summary>Electrons per ADU: the profile's, EGAIN, CVF, or GAIN where its comment or the profile gives the unit.</summary>
    public static Sourced<double>? Gain(HeaderReading reading)
    {
        Sourced<double>? header = HeaderGain(reading);
        if (reading.Profile?.Gain is not { } own)
        {
            return header;
        }
        if (header is not null && Math.Abs(header.Value - own) > 0.02 * own)
        {
            reading.Warn(
                $"{header.From} = {header.Raw}, but the profile {reading.Profile.Name} says {Show(own)} e-/ADU: the profile is used."
            );
        }
        return new Sourced<double>(own, "profile", Show(own));
    }

    private static Sourced<double>? HeaderGain(HeaderReading reading)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.Gain))
        {
            if (reading.Number(keyword) is not { } value)
            {
                continue;
            }
            string raw = reading.Card(keyword)!.Value!.Trim();
            GainMeaning meaning = keyword == "GAIN" ? MeaningOf(reading.Comment(keyword), reading.Profile) : GainMeaning.ElectronsPerAdu;
            if (meaning is GainMeaning.Setting)
            {
                continue;
            }
            if (meaning is GainMeaning.Unknown)
            {
                if (value != Math.Floor(value))
                {
                    reading.Warn($"{keyword} = {raw} has no unit: not used as e-/ADU.");
                }
                continue;
            }
            if (value is not (> 0 and < 10000))
            {
                reading.Warn($"{keyword} = {raw} is no gain: taken as missing.");
                continue;
            }
            return new Sourced<double>(meaning == GainMeaning.AduPerElectron ? 1 / value : value, keyword, raw);
        }
        return null;
    }

    private static GainMeaning MeaningOf(string comment, TelescopeProfile? profile) =>
        ElectronsPerAdu.IsMatch(comment) ? GainMeaning.ElectronsPerAdu
        : AduPerElectron.IsMatch(comment) ? GainMeaning.AduPerElectron
        : profile?.GainIs ?? GainMeaning.Unknown;

    /// <summary>The camera's gain setting: GAIN without a unit, where it is a whole number; ISO.</summary>
    public static Sourced<string>? GainSetting(HeaderReading reading)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.GainSetting))
        {
            if (reading.Text(keyword) is not { } text)
            {
                continue;
            }
            bool number = HeaderReading.TryNumber(text, out double value);
            if (keyword == "GAIN")
            {
                GainMeaning meaning = MeaningOf(reading.Comment(keyword), reading.Profile);
                if (
                    meaning is GainMeaning.ElectronsPerAdu or GainMeaning.AduPerElectron
                    || !number
                    || value != Math.Floor(value)
                    || value < 0
                )
                {
                    continue;
                }
            }
            return new Sourced<string>(number ? Show(value) : text, keyword, text);
        }
        return null;
    }

    public static Sourced<string>? OffsetSetting(HeaderReading reading) =>
        reading.Text(reading.KeywordsOf(Concepts.OffsetSetting)) is not { } found ? null
        : HeaderReading.TryNumber(found.Raw, out double value) ? found with { Value = Show(value) }
        : found;

    /// <summary>Electrons; a value in ADU needs the gain.</summary>
    public static Sourced<double>? ReadNoise(HeaderReading reading, Sourced<double>? gain)
    {
        if (reading.Profile?.ReadNoise is { } own)
        {
            return new Sourced<double>(own, "profile", Show(own));
        }
        Sourced<double>? found = reading.Number(reading.KeywordsOf(Concepts.ReadNoise), v => v is > 0 and < 10000, "a read noise");
        string comment = found is null ? "" : reading.Comment(found.From);
        if (found is null || !InAdu.IsMatch(comment) || comment.Contains("electron", StringComparison.OrdinalIgnoreCase))
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

    /// <summary>Raw counts: the header's, the profile's, else the largest value that the file's type holds.</summary>
    public static Sourced<double>? Saturation(HeaderReading reading, double? largestCount)
    {
        Sourced<double>? found = reading.Number(reading.KeywordsOf(Concepts.Saturation), v => v > 0, "a saturation level");
        if (found is not null)
        {
            return found;
        }
        if (reading.Profile?.Saturation is { } own)
        {
            return new Sourced<double>(own, "profile", Show(own));
        }
        return largestCount is { } most ? new Sourced<double>(most, TypeMaximum, Show(most)) : null;
    }

    /// <summary>The source of a saturation level that is only the type's largest value.</summary>
    public const string TypeMaximum = "BITPIX";

    private static string Show(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\be(?:-|lectrons?)?\s*(?:/|per)\s*(?:adu|dn|count)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ElectronsPerAdu { get; }

    [GeneratedRegex(
        @"\b(?:adu|dn|counts?)s?\s*(?:/|per)\s*e(?:-|lectrons?|\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex AduPerElectron { get; }

    [GeneratedRegex(@"\b(?:adu|dn)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InAdu { get; }
}
