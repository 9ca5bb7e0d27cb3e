using System.Text;

namespace Albireo.Pipeline.Products;

/// <summary>Writes a product whole or not at all: a part in the same folder, then renamed.</summary>
public static class TextProduct
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="path">What is replaced.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="flushToDisk">For products whose loss would cost work.</param>
    public static void Write(string path, string text, bool flushToDisk = false) =>
        Write(path, stream => stream.Write(Utf8.GetBytes(text)), flushToDisk);

    public static void Write(string path, Action<Stream> content, bool flushToDisk = false)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string part = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.part");
        try
        {
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                content(stream);
                stream.Flush(flushToDisk);
            }
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
