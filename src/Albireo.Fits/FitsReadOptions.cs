namespace Albireo.Fits;

/// <summary>Limits and checks when a file is read. The defaults suit files from strangers.</summary>
public sealed record FitsReadOptions
{
    /// <summary>The defaults.</summary>
    public static FitsReadOptions Default { get; } = new();

    /// <summary>Longest header of one HDU, in bytes.</summary>
    public int MaxHeaderBytes { get; init; } = 16 << 20;

    /// <summary>Most HDUs that are looked at; the rest is reported as a warning.</summary>
    public int MaxHdus { get; init; } = 10_000;

    /// <summary>Most bytes that a gzipped file may inflate to.</summary>
    public long MaxInflatedBytes { get; init; } = 8L << 30;

    /// <summary>Bytes of a gzipped file that are kept inflated in memory; what lies behind is inflated again when it is asked for.</summary>
    public long MaxBufferedBytes { get; init; } = 128L << 20;

    /// <summary>Whether CHECKSUM and DATASUM of an HDU are verified when it is first handed out; a mismatch is a warning.</summary>
    public bool VerifyChecksums { get; init; }
}
