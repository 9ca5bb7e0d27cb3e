using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Albireo.Fits;

/// <summary>
/// An array of pixels, plain or in compressed tiles. Rows are counted through all planes: row <c>y</c> of plane <c>p</c> is row
/// <c>p · Height + y</c>. Reading is safe from several threads.
/// </summary>
public sealed class FitsImage : FitsHdu
{
    private const int ChunkBytes = 1 << 17;

    private readonly long[] shape;
    private readonly TiledPixels? tiles;
    private readonly FitsHeader? imageHeader;
    private StrongBox<PixelScaling>? scaling; // one reference: another thread sees all of it or nothing

    internal FitsImage(FitsFile file, FitsHeader header, HduStructure structure, int index, long headerOffset, long dataOffset)
        : base(file, header, structure, index, headerOffset, dataOffset)
    {
        tiles = structure.Kind == FitsHduKind.CompressedImage ? new TiledPixels(this) : null;
        imageHeader = tiles is null ? null : CompressedHeader.OfImage(header, tiles.BitPix, tiles.Axes);
        BitPix = tiles?.BitPix ?? structure.BitPix;
        shape = [.. (tiles?.Axes ?? structure.Axes).Reverse()];
        (Width, Height, IsPicture) = PictureSize(shape);
    }

    /// <inheritdoc/>
    public override FitsHeader Header => imageHeader ?? StoredHeader;

    /// <summary>Lengths of the axes, slowest first (the reverse of NAXIS1, NAXIS2, …); empty without data.</summary>
    public IReadOnlyList<long> Shape => shape;

    /// <summary>Pixels in a row; 0 without data.</summary>
    public int Width { get; }

    /// <summary>Rows of one plane; 1 for an array of one axis, 0 without data.</summary>
    public int Height { get; }

    /// <summary>Rows of all planes.</summary>
    public long RowCount => Width == 0 ? 0 : PixelCount / Width;

    /// <summary>Pixels of all planes.</summary>
    public long PixelCount => shape.Length == 0 ? 0 : HduStructure.Product(shape);

    /// <summary>BITPIX: 8, 16, 32, 64, −32 or −64.</summary>
    public int BitPix { get; }

    /// <summary>Rows that are decoded together: bands of a multiple of this many rows are read with least work. 1 for plain images.</summary>
    public int RowsOfTile => tiles?.RowsOfTile ?? 1;

    /// <summary>Type of the pixels; of an image with another BSCALE or BZERO than the standard's integer tricks, the stored type.</summary>
    public FitsPixelType PixelType => Scaling.TypeOf(BitPix);

    /// <summary>BSCALE, or 1.</summary>
    public double Scale => Scaling.Scale;

    /// <summary>BZERO, or 0.</summary>
    public double Zero => Scaling.Zero;

    /// <summary>BLANK: the stored integer of undefined pixels; null where there is none or it can match no pixel.</summary>
    public long? Blank => Scaling.Blank;

    /// <summary>Whether it is a picture: two axes longer than nothing, further axes of length 1 aside.</summary>
    internal bool IsPicture { get; }

    /// <summary>BSCALE, BZERO and BLANK, or ZBLANK.</summary>
    internal PixelScaling Scaling => (scaling ??= new StrongBox<PixelScaling>(ReadScaling())).Value;

    /// <summary>Reads rows as physical values <c>BZERO + BSCALE · stored</c>, undefined pixels as NaN.</summary>
    /// <param name="firstRow">0-based, counted through all planes.</param>
    /// <param name="rowCount">Rows to read.</param>
    /// <param name="destination">Receives rowCount · Width values, row after row.</param>
    /// <exception cref="FitsFormatException">The file is cut or damaged there.</exception>
    /// <exception cref="ArgumentException">Rows that do not exist, or too short a destination.</exception>
    public void ReadRows(long firstRow, int rowCount, Span<float> destination) => Read(firstRow, rowCount, destination, default);

    /// <summary>Reads rows as <see cref="ReadRows(long, int, Span{float})"/> does, in double precision.</summary>
    public void ReadRows(long firstRow, int rowCount, Span<double> destination) => Read(firstRow, rowCount, destination, default);

    /// <summary>Reads rows of whole numbers exactly.</summary>
    /// <param name="firstRow">0-based, counted through all planes.</param>
    /// <param name="rowCount">Rows to read.</param>
    /// <param name="destination">Receives rowCount · Width values.</param>
    /// <param name="undefined">Receives for every pixel whether it equals BLANK; may be empty.</param>
    /// <typeparam name="T">byte, sbyte, short, ushort, int, uint, long or ulong, wide enough for <see cref="PixelType"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The image has real values, or whole ones that <typeparamref name="T"/> cannot hold.</exception>
    public void ReadRows<T>(long firstRow, int rowCount, Span<T> destination, Span<bool> undefined = default)
        where T : unmanaged, IBinaryInteger<T>
    {
        RequireHolds<T>();
        Read(firstRow, rowCount, destination, undefined);
    }

    /// <summary>Reads part of every row in a band: a rectangle of one plane, or of several when it runs over them.</summary>
    /// <param name="firstColumn">0-based column of the first pixel of every row.</param>
    /// <param name="firstRow">0-based, counted through all planes.</param>
    /// <param name="columnCount">Pixels of a row.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="destination">Receives rowCount · columnCount physical values, undefined pixels as NaN.</param>
    public void ReadRegion(int firstColumn, long firstRow, int columnCount, int rowCount, Span<float> destination) =>
        Region(firstColumn, firstRow, columnCount, rowCount, destination);

    /// <summary>As <see cref="ReadRegion(int, long, int, int, Span{float})"/> in double precision.</summary>
    public void ReadRegion(int firstColumn, long firstRow, int columnCount, int rowCount, Span<double> destination) =>
        Region(firstColumn, firstRow, columnCount, rowCount, destination);

    /// <summary>As <see cref="ReadRegion(int, long, int, int, Span{float})"/> for whole numbers, exactly.</summary>
    public void ReadRegion<T>(int firstColumn, long firstRow, int columnCount, int rowCount, Span<T> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        RequireHolds<T>();
        Region(firstColumn, firstRow, columnCount, rowCount, destination);
    }

    /// <summary>Reads rows as they are stored, without BSCALE and BZERO.</summary>
    /// <typeparam name="T">The type of BITPIX: byte, short, int, long, float or double.</typeparam>
    internal void ReadStored<T>(long firstRow, int rowCount, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        int count = Check(firstRow, rowCount, Width, destination.Length, nameof(destination));
        ReadBlock(firstRow, rowCount, 0, Width, destination[..count], default, PixelScaling.None);
    }

    /// <summary>Width and height of what is seen as a picture: axes of length 1 beyond two are left out.</summary>
    internal static (int Width, int Height, bool IsPicture) PictureSize(long[] shape)
    {
        if (shape.Length == 0 || shape.Contains(0))
        {
            return (0, 0, false);
        }
        var seen = shape.ToList();
        for (int i = 0; i < seen.Count && seen.Count > 2; )
        {
            if (seen[i] == 1)
            {
                seen.RemoveAt(i);
            }
            else
            {
                i++;
            }
        }
        long width = seen[^1];
        long height = seen.Count > 1 ? seen[^2] : 1;
        bool fits = width <= int.MaxValue && height <= int.MaxValue;
        return fits ? ((int)width, (int)height, seen.Count == 2) : (0, 0, seen.Count == 2);
    }

    private void Read<T>(long firstRow, int rowCount, Span<T> destination, Span<bool> undefined)
        where T : unmanaged, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        int count = Check(firstRow, rowCount, Width, destination.Length, nameof(destination));
        if (undefined.Length > 0)
        {
            Check(firstRow, rowCount, Width, undefined.Length, nameof(undefined));
            undefined = undefined[..count];
        }
        ReadBlock(firstRow, rowCount, 0, Width, destination[..count], undefined);
    }

    private void Region<T>(int firstColumn, long firstRow, int columnCount, int rowCount, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        if (firstColumn < 0 || columnCount < 0 || firstColumn + (long)columnCount > Width)
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstColumn),
                $"Columns {firstColumn} to {firstColumn + (long)columnCount - 1} of {Width}."
            );
        }
        Check(firstRow, rowCount, columnCount, destination.Length, nameof(destination));
        ReadBlock(firstRow, rowCount, firstColumn, columnCount, destination[..(rowCount * columnCount)], default);
    }

    private void ReadBlock<T>(
        long firstRow,
        int rowCount,
        int firstColumn,
        int columnCount,
        Span<T> destination,
        Span<bool> undefined,
        PixelScaling? other = null
    )
        where T : unmanaged, INumber<T>
    {
        PixelScaling scale = other ?? Scaling;
        if (destination.Length == 0)
        {
            return;
        }
        if (tiles is not null)
        {
            tiles.Read(firstRow, rowCount, firstColumn, columnCount, scale, destination, undefined);
            return;
        }
        if (columnCount == Width)
        {
            ReadPixels(firstRow * Width, scale, destination, undefined);
            return;
        }
        for (int row = 0; row < rowCount; row++)
        {
            ReadPixels(((firstRow + row) * Width) + firstColumn, scale, destination.Slice(row * columnCount, columnCount), default);
        }
    }

    private PixelScaling ReadScaling()
    {
        PixelScaling read = PixelScaling.Read(this, Header, BitPix);
        return BitPix > 0 && read.Blank is null && tiles?.Blank is not null
            ? read with
            {
                Blank = PixelScaling.ReadBlank(this, StoredHeader, "ZBLANK", BitPix),
            }
            : read;
    }

    private int Check(long firstRow, int rowCount, int rowLength, int room, string name)
    {
        if (firstRow < 0 || rowCount < 0 || firstRow > RowCount - rowCount)
        {
            throw new ArgumentOutOfRangeException(nameof(firstRow), $"Rows {firstRow} to {firstRow + rowCount - 1} of {RowCount}.");
        }
        long count = (long)rowCount * rowLength;
        return room >= count ? (int)count : throw new ArgumentException($"{count} values need room, there is room for {room}.", name);
    }

    private void RequireHolds<T>()
        where T : unmanaged, IBinaryInteger<T>
    {
        bool whole = BitPix > 0 && Scaling.Scale == 1 && Scaling.Zero == Math.Floor(Scaling.Zero);
        if (whole)
        {
            Int128 zero = (Int128)Scaling.Zero;
            Int128 low = zero + (BitPix == 8 ? 0 : long.MinValue >> (64 - BitPix));
            Int128 high = zero + (BitPix == 8 ? 255 : long.MaxValue >> (64 - BitPix));
            whole = Int128.CreateChecked(T.CreateSaturating(low)) == low && Int128.CreateChecked(T.CreateSaturating(high)) == high;
        }
        if (!whole)
        {
            throw new InvalidOperationException(
                $"{Name ?? File.Name} [HDU {Index}]: {PixelType} pixels (BSCALE {Scale}, BZERO {Zero}) do not fit into {typeof(T).Name}."
            );
        }
    }

    /// <summary>Decodes pixels in steps that stay in the cache.</summary>
    private void ReadPixels<T>(long firstPixel, PixelScaling scale, Span<T> destination, Span<bool> undefined)
        where T : unmanaged, INumber<T>
    {
        int size = Math.Abs(BitPix) / 8;
        File.EnsureWhole(this);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(ChunkBytes, Math.Max(1L, (long)destination.Length * size)));
        try
        {
            int step = ChunkBytes / size;
            for (int done = 0; done < destination.Length; done += step)
            {
                int count = Math.Min(step, destination.Length - done);
                ReadOnlySpan<byte> bytes = Bytes((firstPixel + done) * size, count * size, buffer);
                PixelDecoder.Decode(bytes, BitPix, scale, destination.Slice(done, count));
                if (undefined.Length > 0)
                {
                    PixelDecoder.Undefined(bytes, BitPix, scale.Blank, undefined.Slice(done, count));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ReadOnlySpan<byte> Bytes(long offset, int length, byte[] buffer)
    {
        if (File.Source.TryGetMemory(DataOffset + offset, length, out ReadOnlyMemory<byte> memory))
        {
            return memory.Span;
        }
        Span<byte> bytes = buffer.AsSpan(0, length);
        return File.Source.Read(DataOffset + offset, bytes) == length ? bytes : throw Cut();
    }
}
