namespace Albireo.Fits;

/// <summary>The bytes of a FITS file wherever they lie. Reading is safe from several threads.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Name for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Number of bytes; a gzipped source inflates to its end to know it.</summary>
    public abstract long Length { get; }

    /// <summary>Whether the source holds at least this many bytes; a gzipped source inflates that far.</summary>
    public abstract bool Reaches(long end);

    /// <summary>Fills as much of <paramref name="destination"/> as there is from <paramref name="offset"/> on.</summary>
    /// <returns>Bytes filled.</returns>
    public abstract int Read(long offset, Span<byte> destination);

    /// <summary>The bytes without a copy, where the source has them in memory in one piece.</summary>
    public virtual bool TryGetMemory(long offset, int length, out ReadOnlyMemory<byte> memory)
    {
        memory = default;
        return false;
    }

    /// <summary>Checks the container as a whole (gzip: to the last checksum).</summary>
    /// <param name="warnings">Takes what is odd but harmless.</param>
    /// <exception cref="FitsFormatException">The container is damaged.</exception>
    public virtual void CheckContainer(Action<string> warnings) { }

    /// <inheritdoc/>
    public abstract void Dispose();
}
