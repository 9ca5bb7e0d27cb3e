using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Frames;

/// <summary>
/// The header of one colour plane: world coordinates (all alternates, SIP terms included), IRAF's LTV/LTM, sections, pixel size and
/// scale follow the coarser grid. A star keeps its place on the sky.
/// </summary>
public static class PlaneHeader
{
    private static readonly string[] Versions = ["", .. Enumerable.Range('A', 26).Select(c => ((char)c).ToString())];

    /// <param name="header">Of the mosaic; left as it is.</param>
    /// <param name="plane">The plane that was taken out of it.</param>
    public static FitsHeader Of(FitsHeader header, BayerPlane plane)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(plane);
        FitsHeader own = header.Clone();
        double[] origin = [plane.Origin.X, plane.Origin.Y];
        foreach (string version in Versions)
        {
            for (int axis = 1; axis <= 2; axis++)
            {
                // 1-based: pixel I of the plane lies at 2 (I - 1) + origin + 1 of the mosaic.
                Change(own, $"CRPIX{axis}{version}", pixel => ((pixel - 1 - origin[axis - 1]) / 2) + 1);
            }
            bool hasMatrix = Enumerable.Range(1, 2).Any(i => Enumerable.Range(1, 2).Any(j => own.Contains($"CD{i}_{j}{version}")));
            foreach (string keyword in Steps(version, hasMatrix))
            {
                Change(own, keyword, step => 2 * step);
            }
        }
        foreach (FitsCard card in own.ToList())
        {
            if (Sip(card.Keyword) is { } order)
            {
                Change(own, card.Keyword, term => term * Math.Pow(2, order - 1));
            }
        }
        Physical(own, origin);
        foreach (string keyword in (string[])["XPIXSZ", "YPIXSZ", "PIXSIZE1", "PIXSIZE2", "SCALE", "PIXSCALE", "SECPIX", "IM_SCALE"])
        {
            Change(own, keyword, size => 2 * size);
        }
        foreach (string keyword in (string[])["DATASEC", "TRIMSEC", "BIASSEC"])
        {
            if (own.Find(keyword) is { Kind: FitsValueKind.Text } card && PixelSection.TryParse(card.Value!, out PixelSection section))
            {
                own.Set(keyword, section.OfCells().ToString());
            }
        }
        foreach (string keyword in (string[])["BAYERPAT", "XBAYROFF", "YBAYROFF", "COLORTYP"])
        {
            own.Remove(keyword);
        }
        own.Set("CHANNEL", "RGB"[(int)plane.Channel].ToString(), $"colour plane of a {plane.Cell} mosaic");
        return own;
    }

    private static string[] Steps(string version, bool hasMatrix) =>
        hasMatrix ? [$"CD1_1{version}", $"CD1_2{version}", $"CD2_1{version}", $"CD2_2{version}"] : [$"CDELT1{version}", $"CDELT2{version}"];

    /// <summary>LTV and LTM: the plane's pixel as a function of the detector's.</summary>
    private static void Physical(FitsHeader header, double[] origin)
    {
        for (int axis = 1; axis <= 2; axis++)
        {
            if (header.Contains($"LTV{axis}") || header.Contains($"LTM{axis}_{axis}"))
            {
                double offset = Number(header, $"LTV{axis}") ?? 0;
                double step = Number(header, $"LTM{axis}_{axis}") ?? 1;
                header.Set($"LTV{axis}", ((offset - 1 - origin[axis - 1]) / 2) + 1);
                header.Set($"LTM{axis}_{axis}", step / 2);
            }
        }
    }

    /// <summary>The order p + q of a SIP term A_p_q, B_p_q, AP_p_q, BP_p_q; null for other keywords.</summary>
    private static int? Sip(string keyword)
    {
        string[] parts = keyword.Split('_');
        return
            parts.Length == 3
            && parts[0] is "A" or "AP" or "B" or "BP"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int p)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int q)
            ? p + q
            : null;
    }

    private static void Change(FitsHeader header, string keyword, Func<double, double> change)
    {
        if (Number(header, keyword) is { } value)
        {
            header.Set(keyword, change(value));
        }
    }

    private static double? Number(FitsHeader header, string keyword) =>
        header.Find(keyword) is { Kind: FitsValueKind.Integer or FitsValueKind.Real } ? header.Real(keyword) : null;
}
