using System.Buffers.Binary;
using System.IO.Compression;

namespace Albireo.Tests.Plots;

/// <summary>Reads what PngWriter writes, by the standard and without any of its code; checks every CRC.</summary>
internal sealed record PngReader(int Width, int Height, int Channels, byte[] Pixels)
{
    public static PngReader Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file.AsSpan(0, 8).ToArray());
        var packed = new MemoryStream();
        byte[] header = [];
        string order = "";
        for (int at = 8; at < file.Length; )
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            ReadOnlySpan<byte> data = file.AsSpan(at + 8, length);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            order += type + " ";
            if (type == "IHDR")
            {
                header = data.ToArray();
            }
            else if (type == "IDAT")
            {
                packed.Write(data);
            }
            at += length + 12;
        }
        Assert.Equal("IHDR IDAT IEND ", order);
        Assert.Equal([8, header[9], 0, 0, 0], header[8..]);
        int channels = header[9] == 2 ? 3 : 1;
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        packed.Position = 0;
        var plain = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress))
        {
            zlib.CopyTo(plain);
        }
        return new PngReader(width, height, channels, Unfilter(plain.ToArray(), width * channels, height, channels));
    }

    public (byte Red, byte Green, byte Blue) At(int x, int y)
    {
        int i = Channels * ((y * Width) + x);
        return Channels == 3 ? (Pixels[i], Pixels[i + 1], Pixels[i + 2]) : (Pixels[i], Pixels[i], Pixels[i]);
    }

    private static byte[] Unfilter(byte[] rows, int rowLength, int height, int channels)
    {
        Assert.Equal((rowLength + 1) * height, rows.Length);
        byte[] pixels = new byte[rowLength * height];
        for (int y = 0; y < height; y++)
        {
            int filter = rows[y * (rowLength + 1)];
            for (int x = 0; x < rowLength; x++)
            {
                int i = (y * rowLength) + x;
                int left = x >= channels ? pixels[i - channels] : 0;
                int above = y > 0 ? pixels[i - rowLength] : 0;
                int added = filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    _ => throw new InvalidDataException($"filter {filter}"),
                };
                pixels[i] = (byte)(rows[(y * (rowLength + 1)) + 1 + x] + added);
            }
        }
        return pixels;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }
        return ~crc;
    }
}
