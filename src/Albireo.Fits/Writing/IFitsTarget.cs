namespace Albireo.Fits;

/// <summary>Where the bytes of a file go that is being written. Disposed without <see cref="Commit"/>, nothing of it remains.</summary>
public interface IFitsTarget : IDisposable
{
    /// <summary>Takes bytes. Each byte of the file comes exactly once, in any order: a header follows its data, for it holds their sum.</summary>
    /// <param name="offset">Of the first, from the beginning of the file.</param>
    /// <param name="bytes">The caller's again afterwards.</param>
    void WriteAt(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Gives the file its name, replacing what was there.</summary>
    /// <param name="length">Of the whole file, bytes.</param>
    void Commit(long length);
}
