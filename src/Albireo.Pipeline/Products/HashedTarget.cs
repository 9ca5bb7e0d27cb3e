using System.Buffers;
using System.Security.Cryptography;
using Albireo.Fits;

namespace Albireo.Pipeline.Products;

/// <summary>
/// A product that others name by its hash: the hash is known as soon as all bytes are there; whoever asks for it need not wait for the
/// disk, too.
/// </summary>
/// <param name="path">The name it shall have; its folder exists.</param>
internal sealed class HashedTarget(string path) : IFitsTarget
{
    private const int BufferBytes = 1 << 18;

    private readonly TaskCompletionSource<string> hashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PartFile? part;

    /// <summary>SHA-256 of the whole file as lower-case hexadecimal.</summary>
    public Task<string> Hashed => hashed.Task;

    private PartFile Part => part ??= PartFile.Create(path);

    public void WriteAt(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(Part.Handle, bytes, offset);

    public void Commit(long length)
    {
        hashed.SetResult(Hash());
        RandomAccess.FlushToDisk(Part.Handle);
        Part.Commit();
    }

    /// <summary>There will be no hash.</summary>
    /// <param name="reason">For those who wait for it.</param>
    public void Fail(Exception reason) => hashed.TrySetException(reason);

    public void Dispose() => part?.Dispose();

    private string Hash()
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        int count;
        for (long done = 0; (count = RandomAccess.Read(Part.Handle, buffer, done)) > 0; done += count)
        {
            sum.AppendData(buffer, 0, count);
        }
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }
}
