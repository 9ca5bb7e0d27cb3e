using System.Buffers.Binary;
using System.Globalization;
using Albireo.Fits;

namespace Albireo.Tests.Support;

/// <summary>
/// Checks DATASUM and CHECKSUM of every HDU by their definition (FITS standard 4.0, 4.4.2.7): written apart from the code that makes
/// them, word by word.
/// </summary>
public static class FitsSums
{
    /// <summary>Asserts that both cards stand in every HDU of a file and are right, and that the file ends with the last HDU.</summary>
    public static void Check(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        using FitsFile file = FitsFile.Open(bytes, path);
        Assert.Equal(0, bytes.Length % 2880);
        long end = 0;
        foreach (FitsHdu hdu in file.Hdus)
        {
            Assert.Equal(end, hdu.HeaderOffset);
            end = hdu.DataOffset + ((hdu.DataLength + 2879) / 2880 * 2880);
            ReadOnlySpan<byte> data = bytes.AsSpan((int)hdu.DataOffset, (int)(end - hdu.DataOffset));
            string stated = hdu.StoredHeader.Text("DATASUM") ?? throw new InvalidDataException($"{path} [HDU {hdu.Index}]: no DATASUM");
            Assert.True(hdu.StoredHeader.Contains("CHECKSUM"), $"{path} [HDU {hdu.Index}]: no CHECKSUM");
            Assert.Equal(
                $"{Sum(data)} in {path} [HDU {hdu.Index}]",
                $"{uint.Parse(stated, CultureInfo.InvariantCulture)} in {path} [HDU {hdu.Index}]"
            );
            uint whole = Sum(bytes.AsSpan((int)hdu.HeaderOffset, (int)(end - hdu.HeaderOffset)));
            Assert.True(whole == uint.MaxValue, $"{path} [HDU {hdu.Index}]: CHECKSUM leaves {whole:X8}");
        }
        Assert.Equal(bytes.Length, end);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        for (int i = 0; i < bytes.Length; i += 4)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]);
            sum = (sum & uint.MaxValue) + (sum >> 32);
        }
        return (uint)sum;
    }
}
