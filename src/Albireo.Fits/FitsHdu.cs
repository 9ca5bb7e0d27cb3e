using System.Buffers;
using System.Globalization;

namespace Albireo.Fits;

/// <summary>One header and data unit of an open file.</summary>
public abstract class FitsHdu
{
    private protected FitsHdu(FitsFile file, FitsHeader header, HduStructure structure, int index, long headerOffset, long dataOffset)
    {
        File = file;
        StoredHeader = header;
        Structure = structure;
        Index = index;
        HeaderOffset = headerOffset;
        DataOffset = dataOffset;
    }

    /// <summary>0-based position in the file.</summary>
    public int Index { get; }

    /// <summary>What it holds.</summary>
    public FitsHduKind Kind => Structure.Kind;

    /// <summary>The cards as they describe the content: of a compressed image those of the image. Do not change it; clone it.</summary>
    public virtual FitsHeader Header => StoredHeader;

    /// <summary>The cards as they stand in the file: of a compressed image those of the table that holds its tiles.</summary>
    public FitsHeader StoredHeader { get; }

    /// <summary>EXTNAME, or null.</summary>
    public string? Name => Header.Text("EXTNAME");

    /// <summary>Byte at which the header begins (in the inflated file, if it is gzipped).</summary>
    public long HeaderOffset { get; }

    /// <summary>Byte at which the data begin.</summary>
    public long DataOffset { get; }

    /// <summary>Bytes of data without padding, as the header says.</summary>
    public long DataLength => Structure.DataLength;

    /// <summary>
    /// Whether its data should be read from front to back by one reader: they lie in a gzipped file, behind what is kept inflated
    /// (<see cref="FitsReadOptions.MaxBufferedBytes"/>), and a step back inflates them again from the beginning.
    /// </summary>
    public bool IsSequential => EndOffset > File.AnyOrderBytes;

    internal FitsFile File { get; }

    internal HduStructure Structure { get; }

    /// <summary>Byte at which the next HDU begins.</summary>
    internal long EndOffset => DataOffset + HduStructure.Padded(DataLength);

    /// <summary>
    /// The header with the cards of the primary header that it inherits (INHERIT = T in an extension): all that it lacks itself
    /// except those that describe the primary's own structure. Without INHERIT the header itself.
    /// </summary>
    public FitsHeader InheritedHeader() =>
        Index > 0 && Header.Find("INHERIT") is { Kind: FitsValueKind.Logical, Value: "T" }
            ? HeaderInheritance.Join(Header, File.Hdu(0).Header)
            : Header;

    /// <summary>Compares DATASUM and CHECKSUM with the bytes of the file.</summary>
    /// <returns>What each of them says.</returns>
    /// <exception cref="FitsFormatException">The file is cut.</exception>
    public (FitsChecksumStatus Data, FitsChecksumStatus All) VerifyChecksums()
    {
        string? dataSum = StoredHeader.Text("DATASUM");
        string? checkSum = StoredHeader.Text("CHECKSUM");
        if (string.IsNullOrWhiteSpace(dataSum) && string.IsNullOrWhiteSpace(checkSum))
        {
            return (FitsChecksumStatus.Absent, FitsChecksumStatus.Absent);
        }
        File.EnsureWhole(this);
        uint data = Sum(DataOffset, EndOffset);
        FitsChecksumStatus dataStatus =
            string.IsNullOrWhiteSpace(dataSum) ? FitsChecksumStatus.Absent
            : uint.TryParse(dataSum.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uint stored) && stored == data
                ? FitsChecksumStatus.Valid
            : FitsChecksumStatus.Wrong;
        if (string.IsNullOrWhiteSpace(checkSum))
        {
            return (dataStatus, FitsChecksumStatus.Absent);
        }
        ulong all = (ulong)data + Sum(HeaderOffset, DataOffset);
        bool valid = (uint)((all & 0xFFFF_FFFF) + (all >> 32)) is 0 or uint.MaxValue;
        return (dataStatus, valid ? FitsChecksumStatus.Valid : FitsChecksumStatus.Wrong);
    }

    /// <summary>Checksum of a range of whole blocks; what is missing at the end of the file counts as zero.</summary>
    private uint Sum(long from, long to)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            uint sum = 0;
            while (from < to)
            {
                Span<byte> bytes = buffer.AsSpan(0, (int)Math.Min(1 << 17, to - from));
                int count = File.Source.Read(from, bytes);
                bytes[count..].Clear();
                sum = FitsChecksum.Add(sum, bytes);
                from += bytes.Length;
            }
            return sum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads bytes of the data.</summary>
    /// <param name="destination">Filled to its end.</param>
    /// <param name="offset">Bytes from the start of the data; the caller keeps within <see cref="DataLength"/>.</param>
    /// <exception cref="FitsFormatException">The file ends before.</exception>
    internal void ReadData(long offset, Span<byte> destination)
    {
        File.EnsureWhole(this);
        if (File.Source.Read(DataOffset + offset, destination) < destination.Length)
        {
            throw Cut();
        }
    }

    /// <summary>The error for a file that ends within the data.</summary>
    internal FitsFormatException Cut() =>
        new(
            File.Name,
            Index,
            "data",
            $"{Math.Max(0, File.Source.Length - DataOffset)} bytes before the file ends",
            $"{DataLength} bytes; the file is cut, fetch it again"
        );

    /// <summary>The error for a keyword of this HDU.</summary>
    internal FitsFormatException Error(string keyword, string found, string expected) => new(File.Name, Index, keyword, found, expected);
}
