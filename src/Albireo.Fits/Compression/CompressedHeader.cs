using System.Globalization;

namespace Albireo.Fits;

/// <summary>The header of a compressed image (or table) as the image (or table) had it before (FITS 4.0, sections 10.1 and 10.3).</summary>
internal static class CompressedHeader
{
    private static readonly HashSet<string> TableOwn = new(StringComparer.OrdinalIgnoreCase)
    {
        "XTENSION",
        "BITPIX",
        "NAXIS",
        "NAXIS1",
        "NAXIS2",
        "PCOUNT",
        "GCOUNT",
        "TFIELDS",
        "THEAP",
        "CHECKSUM",
        "DATASUM",
        "ZIMAGE",
        "ZTABLE",
        "ZSIMPLE",
        "ZTENSION",
        "ZBITPIX",
        "ZNAXIS",
        "ZPCOUNT",
        "ZGCOUNT",
        "ZEXTEND",
        "ZBLOCKED",
        "ZCMPTYPE",
        "ZMASKCMP",
        "ZQUANTIZ",
        "ZDITHER0",
        "ZSCALE",
        "ZZERO",
        "ZBLANK",
        "ZHECKSUM",
        "ZDATASUM",
        "ZTHEAP",
        "ZTILELEN",
        "SIMPLE",
        "EXTEND",
    };

    private static readonly string[] ImageNumbered =
    [
        "ZNAXIS",
        "ZTILE",
        "ZNAME",
        "ZVAL",
        "TTYPE",
        "TFORM",
        "TUNIT",
        "TSCAL",
        "TZERO",
        "TNULL",
        "TDISP",
        "TDIM",
    ];
    private static readonly string[] TableNumbered = ["ZFORM", "ZCTYP", "TFORM"];

    /// <summary>Whether the image was a primary HDU.</summary>
    public static bool WasPrimary(FitsHeader stored) => stored.Find("ZSIMPLE") is { Kind: FitsValueKind.Logical, Value: "T" };

    /// <summary>The header of the image.</summary>
    /// <param name="stored">The header of the table that holds its tiles.</param>
    /// <param name="bitPix">ZBITPIX.</param>
    /// <param name="axes">ZNAXISn, fastest first.</param>
    public static FitsHeader OfImage(FitsHeader stored, int bitPix, long[] axes)
    {
        var header = new FitsHeader { Origin = stored.Origin, OriginHdu = stored.OriginHdu };
        bool primary = WasPrimary(stored);
        if (primary)
        {
            header.Set("SIMPLE", true, Comment(stored, "ZSIMPLE"));
        }
        else
        {
            header.Set("XTENSION", "IMAGE", Comment(stored, "ZTENSION"));
        }
        header.Set("BITPIX", bitPix, Comment(stored, "ZBITPIX"));
        header.Set("NAXIS", axes.Length, Comment(stored, "ZNAXIS"));
        for (int i = 0; i < axes.Length; i++)
        {
            header.Set($"NAXIS{i + 1}", axes[i], Comment(stored, $"ZNAXIS{i + 1}"));
        }
        if (!primary)
        {
            header.Set("PCOUNT", 0, Comment(stored, "ZPCOUNT"));
            header.Set("GCOUNT", 1, Comment(stored, "ZGCOUNT"));
        }
        else if (stored.Find("ZEXTEND") is { Kind: FitsValueKind.Logical } extend)
        {
            header.Set("EXTEND", extend.Value == "T", extend.Comment);
        }
        Rest(stored, header, ImageNumbered);
        Sums(stored, header);
        return header;
    }

    /// <summary>The header of the table.</summary>
    /// <param name="stored">The header of the table that holds its compressed columns.</param>
    /// <param name="rowBytes">ZNAXIS1.</param>
    /// <param name="rowCount">ZNAXIS2.</param>
    /// <param name="heapBytes">ZPCOUNT.</param>
    public static FitsHeader OfTable(FitsHeader stored, long rowBytes, long rowCount, long heapBytes)
    {
        var header = new FitsHeader { Origin = stored.Origin, OriginHdu = stored.OriginHdu };
        header.Set("XTENSION", "BINTABLE", Comment(stored, "XTENSION"));
        header.Set("BITPIX", 8);
        header.Set("NAXIS", 2);
        header.Set("NAXIS1", rowBytes, Comment(stored, "ZNAXIS1"));
        header.Set("NAXIS2", rowCount, Comment(stored, "ZNAXIS2"));
        header.Set("PCOUNT", heapBytes, Comment(stored, "ZPCOUNT"));
        header.Set("GCOUNT", 1);
        header.Set("TFIELDS", stored.Integer("TFIELDS") ?? 0, Comment(stored, "TFIELDS"));
        foreach (FitsCard card in stored)
        {
            if (IsNumbered(card.Keyword, ["ZFORM"]))
            {
                header.Set(string.Concat("TFORM", card.Keyword.AsSpan(5)), card.Value ?? "", card.Comment);
            }
            else if (card.Keyword.Equals("ZTHEAP", StringComparison.OrdinalIgnoreCase) && card.TryInteger(out long heap))
            {
                header.Set("THEAP", heap, card.Comment);
            }
        }
        Rest(stored, header, [.. TableNumbered, "ZNAXIS", "ZTILE"]);
        Sums(stored, header);
        return header;
    }

    private static void Rest(FitsHeader stored, FitsHeader header, string[] numbered)
    {
        var gone = new HashSet<FitsCard>(ReferenceEqualityComparer.Instance);
        foreach (FitsCard card in stored)
        {
            bool own = TableOwn.Contains(card.Keyword) || IsNumbered(card.Keyword, numbered);
            bool madeUp = card.Keyword == "EXTNAME" && card.Value?.TrimEnd() is "COMPRESSED_IMAGE" or "COMPRESSED_TABLE";
            if (own || madeUp)
            {
                gone.Add(card);
                gone.UnionWith(card.Continuations);
            }
        }
        header.InsertCards(header.Count, stored.Where(card => !gone.Contains(card)).Select(card => card.Alone()));
    }

    private static void Sums(FitsHeader stored, FitsHeader header)
    {
        if (stored.Text("ZHECKSUM") is { } checksum)
        {
            header.Set("CHECKSUM", checksum, Comment(stored, "ZHECKSUM"));
        }
        if (stored.Text("ZDATASUM") is { } datasum)
        {
            header.Set("DATASUM", datasum, Comment(stored, "ZDATASUM"));
        }
    }

    private static bool IsNumbered(string keyword, string[] names) =>
        Array.Exists(
            names,
            name =>
                keyword.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(keyword.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        );

    private static string? Comment(FitsHeader stored, string keyword) => stored.Find(keyword)?.Comment;
}
