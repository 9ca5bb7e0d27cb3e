using System.Globalization;
using System.Text.RegularExpressions;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>What the header says about the gain: electrons per ADU, or the camera's setting.</summary>
internal static partial class GainReader
{
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
        Sourced<double>? found = null;
        foreach (string keyword in reading.KeywordsOf(Concepts.Gain))
        {
            if (reading.Number(keyword) is not { } value)
            {
                continue;
            }
            string raw = reading.Card(keyword)!.Value!.Trim();
            GainMeaning meaning = MeaningOf(keyword, reading);
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
            double electrons = meaning == GainMeaning.AduPerElectron ? 1 / value : value;
            if (found is null)
            {
                found = new Sourced<double>(electrons, keyword, raw);
            }
            else
            {
                reading.Hold(found, keyword, electrons, 0.02, "e-/ADU");
            }
        }
        return found;
    }

    /// <summary>
    /// What a keyword for the gain holds: its comment tells; else GAIN may be anything, EGAIN and CVF are e-/ADU, and the profile knows
    /// GAIN and the keyword that it names itself (a camera's setting has a concept of its own).
    /// </summary>
    private static GainMeaning MeaningOf(string keyword, HeaderReading reading)
    {
        string comment = reading.Comment(keyword);
        return ElectronsPerAdu.IsMatch(comment) ? GainMeaning.ElectronsPerAdu
            : AduPerElectron.IsMatch(comment) ? GainMeaning.AduPerElectron
            : keyword == "GAIN" ? reading.Profile?.GainIs ?? GainMeaning.Unknown
            : keyword is "EGAIN" or "CVF" || reading.Profile?.GainIs != GainMeaning.AduPerElectron ? GainMeaning.ElectronsPerAdu
            : GainMeaning.AduPerElectron;
    }

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
                GainMeaning meaning = MeaningOf(keyword, reading);
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

    private static string Show(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?:\b|photo-?)e(?:-|lectrons?)?\)?\s*(?:/|per)\s*\(?(?:adu|dn|count)|\be(?:-|lectrons?)?\s*adu\s*(?:\^|\*\*)?-1",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex ElectronsPerAdu { get; }

    [GeneratedRegex(
        @"\b(?:adu|dn|counts?)s?\s*(?:/|per)\s*(?:photo-?)?e(?:-|lectrons?|\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex AduPerElectron { get; }
}
