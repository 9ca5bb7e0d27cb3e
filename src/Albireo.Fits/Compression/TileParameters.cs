using System.Buffers.Binary;

namespace Albireo.Fits;

/// <summary>ZSCALE, ZZERO and ZBLANK of every tile, from columns or keywords, with ZQUANTIZ and ZDITHER0.</summary>
internal sealed class TileParameters
{
    private readonly FitsHdu hdu;
    private readonly TableLayout layout;
    private readonly ColumnFormat? scaleColumn;
    private readonly ColumnFormat? zeroColumn;
    private readonly ColumnFormat? blankColumn;
    private readonly double? scale;
    private readonly double? zero;
    private readonly long? blank;
    private readonly DitherMethod method;
    private readonly int seed;
    private readonly bool quantized;

    public TileParameters(FitsHdu hdu, FitsHeader stored, TableLayout layout, int bitPix)
    {
        this.hdu = hdu;
        this.layout = layout;
        scaleColumn = Column("ZSCALE");
        zeroColumn = Column("ZZERO");
        blankColumn = Column("ZBLANK");
        scale = stored.Real("ZSCALE");
        zero = stored.Real("ZZERO");
        blank = stored.Integer("ZBLANK");
        quantized = bitPix < 0 && (scale is not null || scaleColumn is not null) && stored.Text("ZQUANTIZ") is not "NONE";
        if (!quantized)
        {
            return;
        }
        string name = stored.Text("ZQUANTIZ") ?? "NO_DITHER";
        method = name switch
        {
            "NO_DITHER" => DitherMethod.None,
            "SUBTRACTIVE_DITHER_1" => DitherMethod.Subtractive1,
            "SUBTRACTIVE_DITHER_2" => DitherMethod.Subtractive2,
            _ => throw hdu.Error("ZQUANTIZ", $"'{name}'", "NO_DITHER, SUBTRACTIVE_DITHER_1, SUBTRACTIVE_DITHER_2 or NONE"),
        };
        if (method != DitherMethod.None)
        {
            seed = (int)HduStructure.Required(stored, "ZDITHER0", d => d is >= 1 and <= Dither.Length, $"a seed from 1 to {Dither.Length}");
        }
    }

    /// <summary>ZBLANK as a keyword, for images of whole numbers.</summary>
    public long? Blank => blank;

    /// <summary>How the reals of a tile are restored; null where they are not quantised.</summary>
    public Quantization? Quantization(ReadOnlySpan<byte> rows, long tile)
    {
        if (!quantized)
        {
            return null;
        }
        double tileScale = scaleColumn is null ? scale!.Value : Number(rows, scaleColumn, tile);
        double tileZero = zeroColumn is null ? zero ?? 0 : Number(rows, zeroColumn, tile);
        long? tileBlank = blankColumn is null ? blank : (long)Number(rows, blankColumn, tile);
        if (!double.IsFinite(tileScale) || tileScale == 0 || !double.IsFinite(tileZero))
        {
            throw new TileException($"ZSCALE = {tileScale} and ZZERO = {tileZero}", "finite numbers and a scale that is not 0");
        }
        return new Quantization(tileScale, tileZero, tileBlank, method, seed);
    }

    private ColumnFormat? Column(string name)
    {
        ColumnFormat? column = layout.Find(name);
        return column is null || (!column.IsVariable && column.Count == 1 && column.Code is 'B' or 'I' or 'J' or 'K' or 'E' or 'D')
            ? column
            : throw hdu.Error($"TFORM{column.Number}", $"a column {name} of type {column.Count}{column.Code}", "one number a row");
    }

    private double Number(ReadOnlySpan<byte> rows, ColumnFormat column, long row)
    {
        ReadOnlySpan<byte> field = rows.Slice((int)((row * layout.RowBytes) + column.Offset), (int)column.Bytes);
        return column.Code switch
        {
            'B' => field[0],
            'I' => BinaryPrimitives.ReadInt16BigEndian(field),
            'J' => BinaryPrimitives.ReadInt32BigEndian(field),
            'K' => BinaryPrimitives.ReadInt64BigEndian(field),
            'E' => BinaryPrimitives.ReadSingleBigEndian(field),
            _ => BinaryPrimitives.ReadDoubleBigEndian(field),
        };
    }
}
