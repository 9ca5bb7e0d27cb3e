using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Albireo.Fits;

/// <summary>
/// A FITS file being written. Everything goes to <c>.name.&lt;random&gt;.part</c> in the same folder; <see cref="Commit"/> gives it
/// its name in one step, replacing what was there; without it nothing remains. Every HDU gets CHECKSUM and DATASUM.
/// </summary>
public sealed class FitsOutput : IDisposable
{
    private const int ValueColumn = 11; // of a text, behind its quote

    private readonly IFitsTarget target;
    private readonly List<string> checksums = [];
    private bool closed;

    private FitsOutput(IFitsTarget target) => this.target = target;

    /// <summary>HDUs written so far.</summary>
    public int HduCount { get; private set; }

    /// <summary>CHECKSUM of each HDU written so far.</summary>
    public IReadOnlyList<string> Checksums => checksums;

    /// <summary>Bytes written so far.</summary>
    internal long Length { get; private set; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">The name it shall have; its folder exists.</param>
    /// <param name="flushToDisk">Whether <see cref="Commit"/> waits until the bytes are on the disk.</param>
    public static FitsOutput Create(string path, bool flushToDisk = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FitsOutput(new FileTarget(path, flushToDisk));
    }

    /// <summary>Begins a file whose bytes go where the caller wants them.</summary>
    /// <param name="target">Belongs to this output from now on.</param>
    public static FitsOutput Create(IFitsTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new FitsOutput(target);
    }

    /// <summary>Writes an image; the first HDU is the primary one, later ones are IMAGE extensions.</summary>
    /// <param name="header">Cards to keep as they are; structural ones (SIMPLE … NAXISn, EXTEND, PCOUNT, GCOUNT, BSCALE, BZERO, BLANK,
    /// CHECKSUM, DATASUM) are put right. Null for none.</param>
    /// <param name="shape">Lengths of the axes, slowest first: [height, width]. Empty for a header without data.</param>
    /// <param name="pixels">Row after row; as many as the shape says.</param>
    /// <param name="blank">For whole numbers: the pixel value that means undefined.</param>
    /// <typeparam name="T">byte, sbyte, short, ushort, int, uint, long, ulong, float or double; what FITS has no type for is stored with BZERO.</typeparam>
    public void AddImage<T>(FitsHeader? header, ReadOnlySpan<long> shape, ReadOnlySpan<T> pixels, long? blank = null)
        where T : unmanaged, INumber<T>
    {
        using FitsImageWriter writer = BeginImage(header, shape, PixelEncoder.TypeOf<T>(), blank);
        writer.Write(pixels);
        writer.Complete();
    }

    /// <summary>Writes a header without data: the primary HDU of a file whose content is in extensions.</summary>
    public void AddHeader(FitsHeader? header = null) => AddImage<byte>(header, [], []);

    /// <summary>Begins an image that is written in pieces; see <see cref="AddImage"/> for header and shape.</summary>
    /// <param name="header">Cards to keep, or null.</param>
    /// <param name="shape">Lengths of the axes, slowest first.</param>
    /// <param name="type">Type of the pixels.</param>
    /// <param name="blank">For whole numbers: the pixel value that means undefined.</param>
    public FitsImageWriter BeginImage(FitsHeader? header, ReadOnlySpan<long> shape, FitsPixelType type, long? blank = null)
    {
        (int bitPix, double zero) = PixelEncoder.StorageOf(type);
        long? stored = blank is long value && bitPix > 0 ? (long)((Int128)value - (Int128)zero) : null;
        return Begin(header, shape, bitPix, new PixelScaling(1, zero, stored));
    }

    /// <summary>Begins an image of whole numbers with a scale: stored = round((physical − zero) / scale).</summary>
    /// <param name="header">Cards to keep, or null.</param>
    /// <param name="shape">Lengths of the axes, slowest first.</param>
    /// <param name="bitPix">8, 16, 32 or 64; or −32, −64 to scale reals.</param>
    /// <param name="scale">BSCALE; not 0.</param>
    /// <param name="zero">BZERO.</param>
    /// <param name="blank">BLANK: the stored number that NaN becomes.</param>
    public FitsImageWriter BeginScaledImage(
        FitsHeader? header,
        ReadOnlySpan<long> shape,
        int bitPix,
        double scale,
        double zero,
        long? blank = null
    )
    {
        if (bitPix is not (8 or 16 or 32 or 64 or -32 or -64) || !double.IsFinite(scale) || scale == 0 || !double.IsFinite(zero))
        {
            throw new ArgumentException($"BITPIX {bitPix}, BSCALE {scale}, BZERO {zero} cannot be written.", nameof(bitPix));
        }
        return Begin(header, shape, bitPix, new PixelScaling(scale, zero, bitPix < 0 ? null : blank));
    }

    /// <summary>Writes a binary table; an empty primary HDU goes before it if it is the first.</summary>
    /// <param name="header">Cards to keep; structural ones and those that describe columns are put right. Null for none.</param>
    /// <param name="table">The columns.</param>
    public void AddTable(FitsHeader? header, FitsTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (HduCount == 0)
        {
            AddHeader();
        }
        BinaryTableWriter.Write(this, header, table);
    }

    /// <summary>Writes a text table (TABLE): texts, whole numbers and reals, one value a row. For what must be readable without a program.</summary>
    /// <param name="header">Cards to keep, or null.</param>
    /// <param name="table">The columns.</param>
    /// <exception cref="NotSupportedException">A column has several values a row, or logicals, bits or complex numbers.</exception>
    public void AddTextTable(FitsHeader? header, FitsTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (HduCount == 0)
        {
            AddHeader();
        }
        AsciiTableWriter.Write(this, header, table);
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (HduCount == 0)
        {
            throw new InvalidOperationException("A FITS file needs at least one HDU.");
        }
        closed = true;
        using (target)
        {
            target.Commit(Length);
        }
    }

    /// <summary>Removes what was written unless it was committed.</summary>
    public void Dispose()
    {
        if (!closed)
        {
            closed = true;
            target.Dispose();
        }
    }

    /// <summary>Writes bytes at an offset.</summary>
    internal void WriteAt(long offset, ReadOnlySpan<byte> bytes) => target.WriteAt(offset, bytes);

    /// <summary>Memory of the target for bytes that are written next, or none; see <see cref="IFitsTarget.Lend"/>.</summary>
    internal Memory<byte> Lend(long offset, int atMost) => target.Lend(offset, atMost);

    /// <summary>Fills the data up to whole blocks, then writes the header before them with its checksums.</summary>
    /// <param name="header">Finished header; CHECKSUM and DATASUM are set here.</param>
    /// <param name="dataLength">Bytes of data written behind the header.</param>
    /// <param name="dataSum">Their checksum, padding included.</param>
    /// <param name="fill">0, or a blank for text tables.</param>
    internal void FinishHdu(FitsHeader header, long dataLength, uint dataSum, byte fill = 0)
    {
        header.Set("DATASUM", dataSum.ToString(CultureInfo.InvariantCulture));
        header.Set("CHECKSUM", "0000000000000000");
        byte[] rented = ArrayPool<byte>.Shared.Rent(HeaderBuilder.Length(header));
        Span<byte> bytes = rented.AsSpan(0, HeaderBuilder.Length(header));
        HeaderBuilder.Write(header, bytes);
        string checksum = FitsChecksum.Encode(FitsChecksum.Add(dataSum, bytes)); // sixteen characters too, which take the zeros' place
        Encoding.ASCII.GetBytes(checksum, bytes[((header.IndexOf("CHECKSUM") * FitsCard.Length) + ValueColumn)..]);
        checksums.Add(checksum);
        WriteAt(Length, bytes);
        long padded = HduStructure.Padded(dataLength);
        if (padded > dataLength)
        {
            Span<byte> padding = stackalloc byte[(int)(padded - dataLength)]; // less than a block
            padding.Fill(fill);
            WriteAt(Length + bytes.Length + dataLength, padding);
        }
        Length += bytes.Length + padded;
        HduCount++;
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Writes an image in compressed tiles; an empty primary HDU goes before it if it is the first.</summary>
    /// <param name="header">Cards to keep, or null.</param>
    /// <param name="shape">Lengths of the axes, slowest first; none is 0.</param>
    /// <param name="pixels">Row after row.</param>
    /// <param name="compression">How; both ways keep every bit.</param>
    /// <param name="blank">For whole numbers: the pixel value that means undefined.</param>
    /// <typeparam name="T">byte, sbyte, short, ushort, int, uint, long, ulong, float or double.</typeparam>
    public void AddCompressedImage<T>(
        FitsHeader? header,
        ReadOnlySpan<long> shape,
        ReadOnlySpan<T> pixels,
        FitsCompression compression = FitsCompression.Rice,
        long? blank = null
    )
        where T : unmanaged, INumber<T>
    {
        (int bitPix, double zero) = PixelEncoder.StorageOf(PixelEncoder.TypeOf<T>());
        if (shape.Length == 0 || HduStructure.Product(shape) != pixels.Length || pixels.Length == 0)
        {
            throw new ArgumentException($"{pixels.Length} pixels for an image of {string.Join(" x ", shape.ToArray())}.", nameof(pixels));
        }
        bool primary = HduCount == 0;
        if (primary)
        {
            AddHeader();
        }
        var scaling = new PixelScaling(1, zero, blank is long value && bitPix > 0 ? (long)((Int128)value - (Int128)zero) : null);
        int width = (int)shape[^1];
        T[] all = pixels.ToArray();
        CompressedImageWriter.Write(
            this,
            header,
            primary,
            shape.ToArray(),
            bitPix,
            scaling,
            compression,
            (row, destination) => PixelEncoder.Encode<T>(all.AsSpan(row * width, width), bitPix, scaling, destination)
        );
    }

    /// <summary>Copies an HDU with its data as they are; only the checksums are made anew.</summary>
    /// <param name="hdu">An HDU of an open file; if it is the first to be written it must be a primary one.</param>
    /// <exception cref="FitsFormatException">Its data are cut.</exception>
    public void Copy(FitsHdu hdu)
    {
        ArgumentNullException.ThrowIfNull(hdu);
        if ((HduCount == 0) != hdu.StoredHeader.Contains("SIMPLE"))
        {
            throw new ArgumentException(
                $"HDU {hdu.Index} of {hdu.File.Name} cannot be copied to position {HduCount}: only the first HDU is a primary one.",
                nameof(hdu)
            );
        }
        FitsHeader header = hdu.StoredHeader.Clone();
        HeaderBuilder.AddSums(header);
        var sink = new SummedSink(this, Length + HduStructure.Padded((header.Count + 1L) * FitsCard.Length));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            for (long done = 0; done < hdu.DataLength; done += buffer.Length)
            {
                Span<byte> bytes = buffer.AsSpan(0, (int)Math.Min(buffer.Length, hdu.DataLength - done));
                hdu.ReadData(done, bytes);
                sink.Write(bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        byte fill = hdu.Kind == FitsHduKind.AsciiTable ? (byte)' ' : (byte)0;
        FinishHdu(header, sink.Written, sink.Finish(fill), fill);
    }

    /// <summary>Begins an image whose pixels are given as they are stored, whatever its scale.</summary>
    internal FitsImageWriter BeginStored(FitsHeader header, ReadOnlySpan<long> shape, int bitPix, PixelScaling scaling) =>
        Begin(header, shape, bitPix, scaling, PixelScaling.None);

    private FitsImageWriter Begin(
        FitsHeader? header,
        ReadOnlySpan<long> shape,
        int bitPix,
        PixelScaling scaling,
        PixelScaling? encoding = null
    )
    {
        HeaderBuilder builder = HeaderBuilder.ForImage(header, HduCount == 0, bitPix, shape);
        builder.Scaling(scaling);
        return new FitsImageWriter(
            this,
            builder.Finish(),
            HduStructure.Product(shape) * (shape.Length > 0 ? 1 : 0),
            bitPix,
            encoding ?? scaling
        );
    }
}
