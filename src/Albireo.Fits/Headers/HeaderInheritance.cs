namespace Albireo.Fits;

/// <summary>The INHERIT convention: an extension takes over what the primary header says.</summary>
internal static class HeaderInheritance
{
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "SIMPLE",
        "XTENSION",
        "BITPIX",
        "NAXIS",
        "EXTEND",
        "GROUPS",
        "PCOUNT",
        "GCOUNT",
        "BSCALE",
        "BZERO",
        "BLANK",
        "BUNIT",
        "DATAMIN",
        "DATAMAX",
        "CHECKSUM",
        "DATASUM",
        "EXTNAME",
        "EXTVER",
        "EXTLEVEL",
        "INHERIT",
        "COMMENT",
        "HISTORY",
        "CONTINUE",
        "NEXTEND",
        "",
    };

    public static FitsHeader Join(FitsHeader extension, FitsHeader primary)
    {
        FitsHeader joined = extension.Clone();
        var images = new List<string>();
        foreach (FitsCard card in primary)
        {
            bool axis = card.Keyword.StartsWith("NAXIS", StringComparison.OrdinalIgnoreCase);
            if (!axis && !Own.Contains(card.Keyword) && !extension.Contains(card.Keyword))
            {
                images.Add(card.Image);
                images.AddRange(card.Continuations.Select(next => next.Image));
            }
        }
        joined.InsertCards(joined.Count, images);
        return joined;
    }
}
