namespace Albireo.Fits;

/// <summary>Physical value = <see cref="Zero"/> + <see cref="Scale"/> · stored; a stored integer equal to <see cref="Blank"/> is undefined.</summary>
internal readonly record struct PixelScaling(double Scale, double Zero, long? Blank)
{
    public static PixelScaling None { get; } = new(1, 0, null);

    /// <summary>Whether values are the stored ones.</summary>
    public bool IsIdentity => Scale == 1 && Zero == 0;

    /// <summary>Reads BSCALE, BZERO and BLANK (or other names for them).</summary>
    /// <param name="hdu">For its header and for errors.</param>
    /// <param name="header">The cards.</param>
    /// <param name="bitPix">BLANK counts for integers only.</param>
    public static PixelScaling Read(FitsHdu hdu, FitsHeader header, int bitPix)
    {
        double scale = header.Real("BSCALE") ?? 1;
        double zero = header.Real("BZERO") ?? 0;
        if (scale == 0 || Math.Abs(scale) < 1e-300)
        {
            throw hdu.Error("BSCALE", header.Text("BSCALE")!, "a scale that is not 0: all pixels would have one value");
        }
        if (Math.Abs(zero) > 1e300 || Math.Abs(scale) > 1e300)
        {
            string keyword = Math.Abs(zero) > 1e300 ? "BZERO" : "BSCALE";
            throw hdu.Error(keyword, header.Text(keyword)!, "a number that leaves room for the pixels");
        }
        return new PixelScaling(scale, zero, bitPix < 0 ? null : ReadBlank(hdu, header, "BLANK", bitPix));
    }

    /// <summary>BLANK, or null where it is absent or can match no pixel (which is a warning).</summary>
    public static long? ReadBlank(FitsHdu hdu, FitsHeader header, string keyword, int bitPix)
    {
        FitsCard? card = header.Find(keyword);
        if (card is null || card.Kind is FitsValueKind.Undefined or FitsValueKind.None)
        {
            return null;
        }
        long low = bitPix == 8 ? 0 : long.MinValue >> (64 - bitPix);
        long high = bitPix == 8 ? 255 : long.MaxValue >> (64 - bitPix);
        if (!card.TryInteger(out long blank) || blank < low || blank > high)
        {
            hdu.File.Warn(
                $"[HDU {hdu.Index}] {keyword} = {FitsFormatException.Printable(card.Value ?? "")} can match no pixel and is ignored"
            );
            return null;
        }
        return blank;
    }

    /// <summary>The pixel type that stored type and scaling make up.</summary>
    public FitsPixelType TypeOf(int bitPix) =>
        (bitPix, Scale, Zero) switch
        {
            (8, 1, -128) => FitsPixelType.SByte,
            (16, 1, 32768) => FitsPixelType.UInt16,
            (32, 1, 2147483648) => FitsPixelType.UInt32,
            (64, 1, 9223372036854775808) => FitsPixelType.UInt64,
            (8, _, _) => FitsPixelType.Byte,
            (16, _, _) => FitsPixelType.Int16,
            (32, _, _) => FitsPixelType.Int32,
            (64, _, _) => FitsPixelType.Int64,
            (-32, _, _) => FitsPixelType.Single,
            _ => FitsPixelType.Double,
        };
}
