namespace Albireo.Fits;

/// <summary>Part of the data in memory.</summary>
internal readonly record struct HeapWindow(long Offset, ReadOnlyMemory<byte> Bytes)
{
    public bool Contains(long offset, int bytes) => Bytes.Length > 0 && offset >= Offset && offset + bytes <= Offset + Bytes.Length;
}
