namespace Albireo.Fits;

/// <summary>Notes cards that are against the standard but leave the data readable.</summary>
internal static class HeaderOddities
{
    public static void Note(FitsHeader header, HduStructure structure, Action<string> warn)
    {
        for (int i = 0; i < header.Count; i++)
        {
            FitsCard card = header[i];
            if (card.Keyword is "COMMENT" or "HISTORY" or "")
            {
                continue;
            }
            if (card.Image[8] == '=' && card.Image[9] == '\'')
            {
                warn($"card {i + 1} ({FitsFormatException.Printable(card.Keyword)}) has no blank behind '='");
            }
            else if (card.Image[8] == '=' && card.Image.AsSpan(9).TrimStart(' ') is ['\'', ..] && card.Kind == FitsValueKind.Invalid)
            {
                warn($"card {i + 1} ({FitsFormatException.Printable(card.Keyword)}) has a text without its closing quote");
            }
        }
        if (!structure.Axes.AsSpan().IsEmpty && structure.Kind == FitsHduKind.Image && structure.BitPix < 0 && header.Contains("BLANK"))
        {
            warn("BLANK has no meaning for floating-point pixels and is ignored");
        }
    }
}
