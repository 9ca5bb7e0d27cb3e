namespace Albireo.Fits;

/// <summary>Where the bytes of a file go that is being written. Disposed without <see cref="Commit"/>, nothing of it remains.</summary>
public interface IFitsTarget : IDisposable
{
    /// <summary>Takes bytes. Each byte of the file comes exactly once, in any order: a header follows its data, for it holds their sum.</summary>
    /// <param name="offset">Of the first, from the beginning of the file.</param>
    /// <param name="bytes">The caller's again afterwards; those that lie where <see cref="Lend"/> wants them need not be copied.</param>
    void WriteAt(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Memory of the target's own for bytes that come next, so that they are made where they are to lie. They are the file's when they
    /// are written by <see cref="WriteAt"/>, not before.
    /// </summary>
    /// <param name="offset">Of the first, from the beginning of the file.</param>
    /// <param name="atMost">How many bytes are wanted.</param>
    /// <returns>Fewer where a piece of the file ends, always at a multiple of 8 bytes; none where the target has no such memory.</returns>
    Memory<byte> Lend(long offset, int atMost) => default;

    /// <summary>Gives the file its name, replacing what was there.</summary>
    /// <param name="length">Of the whole file, bytes.</param>
    void Commit(long length);
}
