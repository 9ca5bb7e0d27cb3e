using System.Text;

namespace Albireo.Fits;

/// <summary>Says what a file that is no FITS file seems to be.</summary>
internal static class ForeignFormats
{
    /// <summary>One phrase, from the first bytes.</summary>
    public static string Describe(ReadOnlySpan<byte> first)
    {
        if (!first.ContainsAnyExcept((byte)0))
        {
            return "only zero bytes at the start (a file system after power loss leaves such files)";
        }
        string text = Encoding.Latin1.GetString(first);
        string trimmed = text.TrimStart();
        return text switch
        {
            _ when trimmed.Length == 0 => "only blanks at the start",
            _ when text.StartsWith("version https://git-lfs", StringComparison.Ordinal) =>
                "a Git LFS pointer, not the file itself (run 'git lfs pull')",
            _ when first.StartsWith("PK"u8) => "a ZIP archive (unpack it)",
            _ when first.StartsWith("BZh"u8) => "bzip2 data (unpack it with bunzip2)",
            _ when first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x9D]) => "Unix compress data (unpack it with uncompress)",
            _ when first.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A]) => "xz data (unpack it with unxz)",
            _ when first.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) => "zstd data (unpack it with unzstd)",
            _ when first.StartsWith("II*\0"u8) || first.StartsWith("MM\0*"u8) => "a TIFF picture",
            _ when first.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) => "a PNG picture",
            _ when first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "a JPEG picture",
            _ when text.StartsWith("XISF", StringComparison.Ordinal) => "an XISF file",
            _ when first.StartsWith((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46]) => "an HDF5 file",
            _ when first.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) =>
                "a byte-order mark first (the file was saved by a text editor)",
            _ when trimmed.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                    || trimmed.StartsWith("<html", StringComparison.OrdinalIgnoreCase) => "a web page (the download failed)",
            _ when trimmed.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) => "an XML file",
            _ when text.Contains("SIMPLE", StringComparison.Ordinal) => $"SIMPLE not at the very start: {Quote(text)}",
            _ => $"the bytes {Quote(text)} at the start",
        };
    }

    private static string Quote(string text) => FitsFormatException.Printable(text[..Math.Min(24, text.Length)].TrimEnd());
}
