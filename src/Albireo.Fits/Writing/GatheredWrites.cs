using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Albireo.Fits;

/// <summary>
/// Writes of a file gathered as long as they fit into one buffer: a small file of several HDUs goes to the system in one piece, for a
/// write costs the file system more than its bytes. Larger ones go directly.
/// </summary>
internal sealed class GatheredWrites(SafeFileHandle handle) : IDisposable
{
    private byte[] pending = ArrayPool<byte>.Shared.Rent(1 << 16);
    private long start;
    private int length;
    private long reached; // end of what the file holds
    private long received;

    /// <summary>Writes bytes at an offset; each byte of the file comes once.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (length == 0)
        {
            start = received == reached ? reached : offset; // behind a whole beginning a header may still come
        }
        received += bytes.Length;
        long at = offset - start;
        bool leavesGap = at > length; // room for a header, which is written after its data
        if (at < 0 || at + bytes.Length > pending.Length || (leavesGap && reached > start + length))
        {
            Flush();
            Put(offset, bytes);
            return;
        }
        if (leavesGap)
        {
            pending.AsSpan(length, (int)at - length).Clear();
        }
        bytes.CopyTo(pending.AsSpan((int)at));
        length = Math.Max(length, (int)at + bytes.Length);
    }

    /// <summary>Gives everything to the system.</summary>
    public void Flush()
    {
        if (length > 0)
        {
            Put(start, pending.AsSpan(0, length));
            length = 0;
        }
    }

    /// <summary>Drops what is pending.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(pending);
        pending = [];
    }

    private void Put(long offset, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(handle, bytes, offset);
        reached = Math.Max(reached, offset + bytes.Length);
    }
}
