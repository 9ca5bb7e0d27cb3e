namespace Albireo.Fits;

/// <summary>How the tiles of an image are compressed when it is written. Both keep every bit.</summary>
public enum FitsCompression
{
    /// <summary>RICE_1 for whole numbers of up to 32 bits, GZIP_2 for all others.</summary>
    Rice,

    /// <summary>GZIP_2 for all.</summary>
    Gzip,
}
