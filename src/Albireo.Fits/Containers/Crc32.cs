using System.Buffers.Binary;

namespace Albireo.Fits;

/// <summary>The CRC-32 of gzip (RFC 1952, section 8), eight bytes a step.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>The checksum of <paramref name="bytes"/> behind a part whose checksum is <paramref name="crc"/> (0 at the start).</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> t = Tables;
        crc = ~crc;
        while (bytes.Length >= 8)
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc =
                t[1792 + (int)(low & 255)]
                ^ t[1536 + (int)((low >> 8) & 255)]
                ^ t[1280 + (int)((low >> 16) & 255)]
                ^ t[1024 + (int)(low >> 24)]
                ^ t[768 + (int)(high & 255)]
                ^ t[512 + (int)((high >> 8) & 255)]
                ^ t[256 + (int)((high >> 16) & 255)]
                ^ t[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (byte b in bytes)
        {
            crc = (crc >> 8) ^ t[(int)((crc ^ b) & 255)];
        }
        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? (c >> 1) ^ Polynomial : c >> 1;
            }
            tables[n] = c;
        }
        for (int n = 256; n < tables.Length; n++)
        {
            uint c = tables[n - 256];
            tables[n] = (c >> 8) ^ tables[c & 255];
        }
        return tables;
    }
}
