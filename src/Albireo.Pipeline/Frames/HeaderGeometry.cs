using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Frames;

/// <summary>
/// Keeps a header true when its picture is cut or mirrored: the world coordinates (all alternates, SIP terms included), IRAF's
/// LTV/LTM, the sub-frame's origin and the sections. A star keeps its place on the sky.
/// </summary>
public static class HeaderGeometry
{
    private static readonly string[] Versions = ["", .. Enumerable.Range('A', 26).Select(c => ((char)c).ToString())];

    /// <summary>The header of a part of the picture.</summary>
    /// <param name="header">Changed in place.</param>
    /// <param name="kept">The part, on the picture as it was.</param>
    /// <param name="originFrom">The keywords that say where the picture begins on the detector, as the inventory names them, or null.</param>
    public static void Cut(FitsHeader header, PixelRegion kept, string? originFrom)
    {
        ArgumentNullException.ThrowIfNull(header);
        int[] offsets = [kept.FirstColumn, kept.FirstRow];
        for (int i = 0; i < 2; i++)
        {
            (int axis, int offset) = (i + 1, offsets[i]);
            foreach (string version in Versions)
            {
                Shift(header, $"CRPIX{axis}{version}", -offset);
            }
            header.Set($"LTV{axis}", (Number(header, $"LTV{axis}") ?? 0) - (offset * (Number(header, $"LTM{axis}_{axis}") ?? 1)));
            if (!header.Contains($"LTM{axis}_{axis}"))
            {
                header.Set($"LTM{axis}_{axis}", 1.0);
            }
            if (originFrom?.Split(',') is { Length: 2 } origin && !origin[i].StartsWith("LTV", StringComparison.Ordinal))
            {
                Shift(header, origin[i], offset);
            }
        }
        PixelSection? data = Section(header, "DATASEC");
        if (Section(header, "CCDSEC") is { } detector)
        {
            int column = detector.Column + kept.FirstColumn - (data?.Column ?? 0);
            int row = detector.Row + kept.FirstRow - (data?.Row ?? 0);
            header.Set("CCDSEC", new PixelSection(column, row, kept.Width, kept.Height).ToString());
        }
        if (data is not null)
        {
            header.Set("DATASEC", new PixelSection(0, 0, kept.Width, kept.Height).ToString());
        }
        header.Remove("BIASSEC");
        header.Remove("TRIMSEC");
    }

    /// <summary>The header of the picture turned upside down.</summary>
    public static void FlipUpDown(FitsHeader header, int height)
    {
        Mirror(header, 2, height);
        if (header.Text("ROWORDER") is { } order)
        {
            header.Set("ROWORDER", order.StartsWith("TOP", StringComparison.OrdinalIgnoreCase) ? "BOTTOM-UP" : "TOP-DOWN");
        }
    }

    /// <summary>The header of the picture mirrored left to right.</summary>
    public static void FlipLeftRight(FitsHeader header, int width) => Mirror(header, 1, width);

    private static void Mirror(FitsHeader header, int axis, int length)
    {
        ArgumentNullException.ThrowIfNull(header);
        foreach (string version in Versions)
        {
            MirrorWorld(header, axis, length, version);
        }
        foreach (FitsCard card in header.ToList())
        {
            if (IsSip(card.Keyword, out bool isFirst, out int p, out int q))
            {
                // The axis' own correction changes sign with its coordinate.
                int power = (axis == 1 ? p : q) + (isFirst == (axis == 1) ? 1 : 0);
                header.Set(card.Keyword, (power % 2 == 0 ? 1 : -1) * header.Real(card.Keyword)!.Value);
            }
        }
        if (header.Contains($"LTV{axis}") || header.Contains($"LTM{axis}_{axis}"))
        {
            header.Set($"LTV{axis}", length + 1 - (Number(header, $"LTV{axis}") ?? 0));
            header.Set($"LTM{axis}_{axis}", -(Number(header, $"LTM{axis}_{axis}") ?? 1));
        }
        foreach (string keyword in (string[])["DATASEC", "BIASSEC", "TRIMSEC"])
        {
            if (Section(header, keyword) is { } s)
            {
                PixelSection turned =
                    axis == 1 ? s with { Column = length - s.Column - s.Width } : s with { Row = length - s.Row - s.Height };
                header.Set(keyword, turned.ToString());
            }
        }
    }

    private static void MirrorWorld(FitsHeader header, int axis, int length, string version)
    {
        if (Number(header, $"CRPIX{axis}{version}") is { } pixel)
        {
            header.Set($"CRPIX{axis}{version}", length + 1 - pixel);
        }
        foreach (string matrix in (string[])["CD", "PC"])
        {
            string[] column = [$"{matrix}1_{axis}{version}", $"{matrix}2_{axis}{version}"];
            bool isGiven = Enumerable.Range(1, 2).Any(i => Enumerable.Range(1, 2).Any(j => header.Contains($"{matrix}{i}_{j}{version}")));
            if (!isGiven)
            {
                continue;
            }
            for (int i = 0; i < 2; i++)
            {
                double? found = Number(header, column[i]);
                double value = found ?? (matrix == "PC" && i + 1 == axis ? 1 : 0);
                if (found is not null || value != 0)
                {
                    header.Set(column[i], value == 0 ? 0 : -value);
                }
            }
            return;
        }
        if (header.Contains($"CDELT{axis}{version}") || header.Contains($"CTYPE{axis}{version}"))
        {
            header.Set($"CDELT{axis}{version}", -(Number(header, $"CDELT{axis}{version}") ?? 1));
        }
    }

    private static bool IsSip(string keyword, out bool isFirst, out int p, out int q)
    {
        string[] parts = keyword.Split('_');
        isFirst = parts[0] is "A" or "AP";
        p = q = 0;
        return parts.Length == 3
            && parts[0] is "A" or "AP" or "B" or "BP"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out p)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out q);
    }

    private static void Shift(FitsHeader header, string keyword, int offset)
    {
        if (offset != 0 && Number(header, keyword) is { } value)
        {
            header.Set(keyword, value + offset);
        }
    }

    private static double? Number(FitsHeader header, string keyword) =>
        header.Find(keyword) is { Kind: FitsValueKind.Integer or FitsValueKind.Real } ? header.Real(keyword) : null;

    private static PixelSection? Section(FitsHeader header, string keyword) =>
        header.Find(keyword) is { Kind: FitsValueKind.Text } && PixelSection.TryParse(header.Text(keyword)!, out PixelSection section)
            ? section
            : null;
}
