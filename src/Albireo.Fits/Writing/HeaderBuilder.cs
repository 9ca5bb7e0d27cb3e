using System.Text;

namespace Albireo.Fits;

/// <summary>Makes the header of an HDU to be written: the user's cards as they are, structural cards first and right.</summary>
internal sealed class HeaderBuilder
{
    private static readonly string[] Scalings = ["BSCALE", "BZERO", "BLANK"];

    private readonly FitsHeader? user;
    private readonly FitsHeader header = new();
    private readonly HashSet<string> dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "SIMPLE",
        "XTENSION",
        "BITPIX",
        "NAXIS",
        "EXTEND",
        "PCOUNT",
        "GCOUNT",
        "GROUPS",
    };

    private readonly HashSet<string> inPlace = new(StringComparer.OrdinalIgnoreCase);

    public HeaderBuilder(FitsHeader? user)
    {
        this.user = user;
        foreach (FitsCard card in user ?? [])
        {
            if (card.Keyword.StartsWith("NAXIS", StringComparison.OrdinalIgnoreCase) && int.TryParse(card.Keyword.AsSpan(5), out _))
            {
                dropped.Add(card.Keyword);
            }
        }
    }

    /// <summary>The structural cards of an image.</summary>
    public static HeaderBuilder ForImage(FitsHeader? user, bool primary, int bitPix, ReadOnlySpan<long> shape)
    {
        var builder = new HeaderBuilder(user);
        builder.Start(primary, "IMAGE", bitPix);
        builder.Number("NAXIS", shape.Length, "number of array dimensions");
        for (int i = 0; i < shape.Length; i++)
        {
            builder.Number($"NAXIS{i + 1}", shape[^(i + 1)], "");
        }
        if (!primary)
        {
            builder.Number("PCOUNT", 0, "no varying arrays");
            builder.Number("GCOUNT", 1, "one group");
        }
        else if (user is null || user.Contains("EXTEND"))
        {
            builder.Logical("EXTEND", true, "extensions may follow");
        }
        return builder;
    }

    /// <summary>SIMPLE or XTENSION, and BITPIX.</summary>
    public void Start(bool primary, string extension, int bitPix)
    {
        if (primary)
        {
            Logical("SIMPLE", true, "conforms to the FITS standard");
        }
        else
        {
            Text("XTENSION", extension, "type of extension");
        }
        Number("BITPIX", bitPix, "bits of a data value");
    }

    /// <summary>A structural card next in order; the user's card where it says the same.</summary>
    public void Number(string keyword, long value, string comment)
    {
        FitsCard? card = Replaced(keyword);
        if (card is { Kind: FitsValueKind.Integer } && card.TryInteger(out long old) && old == value)
        {
            Keep(card);
            return;
        }
        header.Set(keyword, value, CommentOf(card) ?? comment);
    }

    /// <summary>A structural text; see <see cref="Number"/>.</summary>
    public void Text(string keyword, string value, string comment)
    {
        FitsCard? card = Replaced(keyword);
        if (card is { Kind: FitsValueKind.Text } && card.Value!.TrimEnd() == value)
        {
            Keep(card);
            return;
        }
        header.Set(keyword, value, CommentOf(card) ?? comment);
    }

    /// <summary>A structural text, if there is one.</summary>
    public void OptionalText(string keyword, string? value)
    {
        if (value is not null)
        {
            Text(keyword, value, "");
        }
    }

    /// <summary>A structural number, if there is one; without a point where it is whole.</summary>
    public void OptionalNumber(string keyword, double? value)
    {
        FitsCard? card = Replaced(keyword);
        if (value is not double number)
        {
            return;
        }
        if (card is not null && card.TryReal(out double old) && old == number)
        {
            Keep(card);
            return;
        }
        header.SetNumber(keyword, number, CommentOf(card));
    }

    /// <summary>BSCALE, BZERO and BLANK: only what is needed; the user's cards stay where they are if they say the same.</summary>
    public void Scaling(PixelScaling scaling)
    {
        Optional("BSCALE", scaling.Scale == 1 ? null : scaling.Scale, scaling.Scale != 1 || scaling.Zero != 0 ? 1 : null);
        Optional("BZERO", scaling.Zero == 0 ? null : scaling.Zero, scaling.Scale != 1 ? 0 : null);
        if (scaling.Blank is long blank)
        {
            if (user?.Find("BLANK") is { } card && card.TryInteger(out long old) && old == blank)
            {
                inPlace.Add("BLANK");
            }
            else
            {
                header.Set("BLANK", blank, "stored value of undefined pixels");
            }
        }
        dropped.UnionWith(Scalings.Where(name => !inPlace.Contains(name)));
    }

    /// <summary>Drops the user's cards with these keywords.</summary>
    public void Drop(IEnumerable<string> keywords) => dropped.UnionWith(keywords);

    /// <summary>The header with the user's other cards, and with CHECKSUM and DATASUM that are still to be filled in.</summary>
    public FitsHeader Finish()
    {
        if (user is not null)
        {
            var gone = new HashSet<FitsCard>(ReferenceEqualityComparer.Instance);
            foreach (FitsCard card in user.Where(card => dropped.Contains(card.Keyword)))
            {
                gone.Add(card);
                gone.UnionWith(card.Continuations);
            }
            header.InsertCards(header.Count, user.Where(card => !gone.Contains(card)).Select(card => card.Alone()));
        }
        AddSums(header);
        return header;
    }

    /// <summary>Makes sure of one CHECKSUM and one DATASUM, to be filled in when the data are known.</summary>
    public static void AddSums(FitsHeader header)
    {
        foreach (string keyword in (ReadOnlySpan<string>)["CHECKSUM", "DATASUM"])
        {
            while (header.HasSeveral(keyword))
            {
                header.Remove(keyword);
            }
        }
        header.Set("CHECKSUM", "0000000000000000", "HDU checksum");
        header.Set("DATASUM", "0", "data unit checksum");
    }

    /// <summary>Bytes of a finished header.</summary>
    public static int Length(FitsHeader header) => checked((int)HduStructure.Padded((header.Count + 1L) * FitsCard.Length));

    /// <summary>Writes a finished header: cards, END, blanks up to whole blocks.</summary>
    /// <param name="header">The cards.</param>
    /// <param name="bytes">Receives <see cref="Length"/> bytes.</param>
    public static void Write(FitsHeader header, Span<byte> bytes)
    {
        bytes.Fill((byte)' ');
        for (int i = 0; i < header.Count; i++)
        {
            Encoding.Latin1.GetBytes(header[i].Image, bytes.Slice(i * FitsCard.Length, FitsCard.Length));
        }
        "END"u8.CopyTo(bytes[(header.Count * FitsCard.Length)..]);
    }

    /// <summary>A structural logical; see <see cref="Number"/>.</summary>
    public void Logical(string keyword, bool value, string comment)
    {
        FitsCard? card = Replaced(keyword);
        if (card is { Kind: FitsValueKind.Logical } && card.Value == (value ? "T" : "F"))
        {
            Keep(card);
            return;
        }
        header.Set(keyword, value, CommentOf(card) ?? comment);
    }

    private void Optional(string keyword, double? needed, double? complement)
    {
        double? value = needed ?? complement;
        if (value is null)
        {
            return;
        }
        if (user?.Find(keyword) is { } card && card.TryReal(out double old) && old == value)
        {
            inPlace.Add(keyword);
            return;
        }
        header.SetNumber(keyword, value.Value, CommentOf(user?.Find(keyword)));
    }

    /// <summary>The user's card in whose place a structural one comes.</summary>
    private FitsCard? Replaced(string keyword)
    {
        dropped.Add(keyword);
        return user?.Find(keyword);
    }

    private void Keep(FitsCard card) => header.InsertCards(header.Count, [card.Alone()]);

    private static string? CommentOf(FitsCard? card) => card is { Kind: not FitsValueKind.None } ? card.Comment : null;
}
