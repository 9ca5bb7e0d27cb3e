using System.Text;
using Albireo.Fits;

namespace Albireo.Pipeline.Products;

/// <summary>Writes a product whole or not at all: a part in the same folder, then renamed.</summary>
public static class TextProduct
{
    private const int MostAtOnce = 1 << 13;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="path">What is replaced; its folder exists.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="flushToDisk">For products whose loss would cost work.</param>
    public static void Write(string path, string text, bool flushToDisk = false) =>
        Write(
            path,
            stream =>
            {
                using var writer = new StreamWriter(stream, Utf8, Math.Clamp(text.Length, 128, MostAtOnce), leaveOpen: true);
                writer.Write(text);
            },
            flushToDisk
        );

    /// <param name="path">What is replaced; its folder exists.</param>
    /// <param name="content">Writes the whole content; where it throws, nothing is replaced and nothing left behind.</param>
    /// <param name="flushToDisk">For products whose loss would cost work.</param>
    public static void Write(string path, Action<Stream> content, bool flushToDisk = false)
    {
        ArgumentNullException.ThrowIfNull(content);
        using PartFile part = PartFile.Create(path);
        using (var stream = new FileStream(part.Handle, FileAccess.Write))
        {
            content(stream);
            stream.Flush(flushToDisk);
        }
        part.Commit();
    }
}
