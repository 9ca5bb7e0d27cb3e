namespace Albireo.Fits;

/// <summary>
/// The mandatory keywords of one HDU, checked (FITS 4.0, sections 4.4.1 and 7): what it holds and how many bytes its data are,
/// computed without overflow and before anything is allocated.
/// </summary>
internal sealed record HduStructure
{
    public const int BlockBytes = 2880;
    private const int MaxAxes = 999;
    private const int MostUsualAxes = 10;

    public required FitsHduKind Kind { get; init; }

    public required int BitPix { get; init; }

    /// <summary>NAXIS1, NAXIS2, … (fastest first, as in the header).</summary>
    public required long[] Axes { get; init; }

    public required long ParameterCount { get; init; }

    public required long GroupCount { get; init; }

    /// <summary>Bytes of data without padding.</summary>
    public required long DataLength { get; init; }

    /// <summary>Bytes up to the next multiple of 2880.</summary>
    public static long Padded(long bytes) => checked(bytes + BlockBytes - 1) / BlockBytes * BlockBytes;

    /// <summary>Reads and checks the mandatory keywords.</summary>
    /// <param name="header">All cards of the HDU.</param>
    /// <param name="primary">Whether this is the first HDU.</param>
    /// <param name="warn">Takes what is against the standard but does no harm.</param>
    /// <exception cref="FitsFormatException">A keyword is missing or its value impossible.</exception>
    public static HduStructure Read(FitsHeader header, bool primary, Action<string> warn)
    {
        string extension = CheckFirst(header, primary, warn);
        int bitPix = (int)Required(header, "BITPIX", b => b is 8 or 16 or 32 or 64 or -32 or -64, "8, 16, 32, 64, -32 or -64");
        int axisCount = (int)Required(header, "NAXIS", n => n is >= 0 and <= MaxAxes, "a number of axes from 0 to 999");
        var axes = new long[axisCount];
        for (int i = 0; i < axisCount; i++)
        {
            axes[i] = Required(header, $"NAXIS{i + 1}", n => n >= 0, "a length of 0 or more");
        }
        CheckOrder(header, axisCount, warn);
        if (axisCount > MostUsualAxes)
        {
            warn($"NAXIS = {axisCount}, of which {axes.Count(axis => axis == 1)} have the length 1");
        }
        bool groups = primary && axisCount > 0 && axes[0] == 0 && header.Find("GROUPS") is { Kind: FitsValueKind.Logical, Value: "T" };
        long parameters = 0;
        long groupCount = 1;
        if (!primary || groups)
        {
            parameters = Optional(header, "PCOUNT", 0, n => n >= 0, "0 or more", warn);
            groupCount = Optional(header, "GCOUNT", 1, n => n >= (primary ? 0 : 1), "1 or more", warn);
        }
        FitsHduKind kind = KindOf(header, primary, groups, extension);
        if (
            kind is FitsHduKind.BinaryTable or FitsHduKind.AsciiTable or FitsHduKind.CompressedImage or FitsHduKind.CompressedTable
            && axisCount != 2
        )
        {
            throw new FitsFormatException(header.Origin, header.OriginHdu, "NAXIS", axisCount.ToString(), "2, for this is a table");
        }
        return new HduStructure
        {
            Kind = kind,
            BitPix = bitPix,
            Axes = axes,
            ParameterCount = parameters,
            GroupCount = groupCount,
            DataLength = Size(header, bitPix, axes, parameters, groupCount, groups),
        };
    }

    private static string CheckFirst(FitsHeader header, bool primary, Action<string> warn)
    {
        FitsCard first =
            header.Count > 0
                ? header[0]
                : throw new FitsFormatException(header.Origin, header.OriginHdu, "END", "the first card", "cards before it");
        if (primary)
        {
            if (first.Keyword != "SIMPLE" || first.Image[8] != '=')
            {
                throw new FitsFormatException(
                    header.Origin,
                    0,
                    "first card",
                    first.Image.TrimEnd(),
                    "SIMPLE  = T, the start of a FITS file"
                );
            }
            if (first.Kind != FitsValueKind.Logical)
            {
                throw header.Mismatch(first, "T");
            }
            if (first.Value != "T")
            {
                warn("SIMPLE = F: the file does not claim to follow the standard");
            }
            return "";
        }
        return first is { Keyword: "XTENSION", Kind: FitsValueKind.Text }
            ? first.Value!.TrimEnd(' ')
            : throw new FitsFormatException(
                header.Origin,
                header.OriginHdu,
                "first card",
                first.Image.TrimEnd(),
                "XTENSION and its type in quotes"
            );
    }

    private static FitsHduKind KindOf(FitsHeader header, bool primary, bool groups, string extension)
    {
        if (primary)
        {
            return groups ? FitsHduKind.RandomGroups : FitsHduKind.Image;
        }
        return extension switch
        {
            "IMAGE" or "IUEIMAGE" => FitsHduKind.Image,
            "TABLE" => FitsHduKind.AsciiTable,
            "BINTABLE" or "A3DTABLE" when header.Find("ZIMAGE") is { Kind: FitsValueKind.Logical, Value: "T" } =>
                FitsHduKind.CompressedImage,
            "BINTABLE" or "A3DTABLE" when header.Find("ZTABLE") is { Kind: FitsValueKind.Logical, Value: "T" } =>
                FitsHduKind.CompressedTable,
            "BINTABLE" or "A3DTABLE" => FitsHduKind.BinaryTable,
            _ => FitsHduKind.Unknown,
        };
    }

    /// <summary>|BITPIX|/8 · GCOUNT · (PCOUNT + Π NAXISn).</summary>
    private static long Size(FitsHeader header, int bitPix, long[] axes, long parameters, long groupCount, bool groups)
    {
        if (axes.Length == 0)
        {
            return 0;
        }
        try
        {
            long product = Product(groups ? axes.AsSpan(1) : axes);
            long size = checked(Math.Abs(bitPix) / 8 * groupCount * (parameters + product));
            _ = Padded(size);
            return size;
        }
        catch (OverflowException)
        {
            string shape = string.Join(" x ", axes.Take(4)) + (axes.Length > 4 ? $" x … ({axes.Length} axes)" : "");
            throw new FitsFormatException(
                header.Origin,
                header.OriginHdu,
                "data size",
                $"{shape} at BITPIX {bitPix}, PCOUNT {parameters}, GCOUNT {groupCount}",
                "less than 2^63 bytes"
            );
        }
    }

    /// <summary>The product of lengths; 0 if one of them is.</summary>
    public static long Product(ReadOnlySpan<long> axes)
    {
        if (axes.Contains(0))
        {
            return 0;
        }
        long product = 1;
        foreach (long axis in axes)
        {
            product = checked(product * axis);
        }
        return product;
    }

    /// <summary>A mandatory whole number.</summary>
    public static long Required(FitsHeader header, string keyword, Func<long, bool> valid, string expected)
    {
        FitsCard card =
            header.Find(keyword)
            ?? throw new FitsFormatException(header.Origin, header.OriginHdu, keyword, "missing", expected + " (a mandatory keyword)");
        return card.Kind == FitsValueKind.Integer && card.TryInteger(out long value) && valid(value)
            ? value
            : throw header.Mismatch(card, expected);
    }

    private static long Optional(
        FitsHeader header,
        string keyword,
        long otherwise,
        Func<long, bool> valid,
        string expected,
        Action<string> warn
    )
    {
        if (header.Contains(keyword))
        {
            return Required(header, keyword, valid, expected);
        }
        warn($"{keyword} is missing; {otherwise} assumed");
        return otherwise;
    }

    private static void CheckOrder(FitsHeader header, int axisCount, Action<string> warn)
    {
        int last = 0;
        for (int i = -1; i <= axisCount; i++)
        {
            string keyword =
                i < 0 ? "BITPIX"
                : i == 0 ? "NAXIS"
                : $"NAXIS{i}";
            int index = header.IndexOf(keyword);
            if (index != last + 1)
            {
                warn($"{keyword} stands on card {index + 1}, where the standard wants it on card {last + 2}");
                return;
            }
            last = index;
        }
    }
}
