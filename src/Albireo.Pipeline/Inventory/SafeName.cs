using System.Globalization;
using System.Text;

namespace Albireo.Pipeline.Inventory;

/// <summary>Header text as part of a file name: no separators, no dots in front, no device names, nothing that a shell reads.</summary>
public static class SafeName
{
    private const int Longest = 80;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>A name that is safe on every system; <paramref name="missing"/> for a blank one. A prime becomes p (r' is rp).</summary>
    public static string Of(string? text, string missing = "unnamed")
    {
        var name = new StringBuilder();
        foreach (char c in (text ?? "").Trim().Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(c) || c is '+' or '-' or '.' or '_')
            {
                name.Append(c);
            }
            else if (c is '\'' or '′')
            {
                name.Append('p');
            }
            else if (
                CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Control)
                && (name.Length == 0 || name[^1] != '-')
            )
            {
                name.Append('-');
            }
        }
        string safe = name.ToString().Trim('-', '.', '_');
        safe = safe.Length > Longest ? safe[..Longest].TrimEnd('-', '.', '_') : safe;
        if (safe.Length == 0)
        {
            return missing;
        }
        string stem = safe.Split('.')[0];
        bool device =
            Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (
                stem.Length == 4
                && char.IsAsciiDigit(stem[3])
                && (
                    stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)
                )
            );
        return device ? safe + "_" : safe;
    }
}
