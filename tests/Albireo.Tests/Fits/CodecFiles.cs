using System.IO.Compression;
using System.Runtime.InteropServices;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

/// <summary>Small files in every tile compression, made by fpack, and what funpack makes of them (reference/fits_codecs.py).</summary>
internal static class CodecFiles
{
    public static IEnumerable<(string Name, byte[] File, double[] Pixels)> All()
    {
        foreach (ReferenceRow row in Reference.Rows("fits_codecs.csv"))
        {
            yield return (row.Text("name"), Unpack(row.Text("file")), [.. MemoryMarshal.Cast<byte, double>(Unpack(row.Text("pixels")))]);
        }
    }

    public static byte[] File(string name) => All().First(codec => codec.Name == name).File;

    private static byte[] Unpack(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
