using System.Security.Cryptography;
using Albireo.Fits;
using Albireo.Pipeline.Instruments;

namespace Albireo.Pipeline.Inventory;

/// <summary>Opens one file and reads what its headers say.</summary>
internal static class FrameFile
{
    /// <summary>The frame, or, where the file cannot be used, a frame with a <see cref="FrameInfo.Problem"/>.</summary>
    public static FrameInfo Read(string path, TelescopeLibrary telescopes, TelescopeProfile? profile) =>
        Read(path, telescopes, profile, null, HeaderWords.None, out _);

    /// <summary>As above; <paramref name="lasting"/> when an unchanged file gives the same again (a missing permission may be given).</summary>
    public static FrameInfo Read(
        string path,
        TelescopeLibrary telescopes,
        TelescopeProfile? profile,
        TelescopeProfile? otherwise,
        HeaderWords words,
        out bool lasting
    )
    {
        lasting = true;
        try
        {
            using FitsFile file = FitsFile.Open(path);
            if (file.FindImage() is null && HoldsNoPixels(file))
            {
                if (path.EndsWith(".fz", StringComparison.OrdinalIgnoreCase) && file.Hdus.Count == 1)
                {
                    return Unreadable(
                        path,
                        $"{path}: nothing follows the primary header; expected a compressed picture: the file is cut, fetch it again."
                    );
                }
                return Unreadable(path, "") with { Problem = null, LeftOut = NoPicture };
            }
            FitsImage image = Picture(file, ref profile, telescopes, out FitsHeader? primary);
            FrameInfo frame = HeaderMap.Read(
                path,
                image.Header,
                primary,
                image.Index,
                image.Width,
                image.Height,
                words.Over(profile ?? otherwise),
                LargestCount(image),
                image.Shape.Count
            );
            List<string> warnings = [.. frame.Warnings, .. file.Warnings.Select(Sentence)];
            int pictures = file.Hdus.OfType<FitsImage>().Count(i => i.Width > 1 && i.Height > 1);
            if (pictures > 1)
            {
                warnings.Add($"The file holds {pictures} pictures; the one in HDU {image.Index} is used.");
            }
            return frame with { Warnings = warnings };
        }
        catch (FitsFormatException e)
        {
            return Unreadable(path, e.Message);
        }
        catch (UnauthorizedAccessException)
        {
            lasting = false;
            return Unreadable(path, $"{path}: reading the file is not permitted.");
        }
        catch (IOException e)
        {
            lasting = false;
            return Unreadable(path, $"{path}: {e.Message}");
        }
    }

    /// <summary>Why a whole FITS file that holds a table, or nothing, is passed over.</summary>
    public const string NoPicture = "it holds no picture";

    /// <summary>A catalogue or an empty header is no broken frame; an array of other axes, or a damaged file, is.</summary>
    private static bool HoldsNoPixels(FitsFile file)
    {
        try
        {
            file.FirstImage();
            return false;
        }
        catch (FitsFormatException e)
        {
            return e.Hdu < 0
                && e.Keyword.Length == 0
                && e.Expected == "an image of two axes"
                && file.Hdus.All(h => h.Kind != FitsHduKind.RandomGroups && (h is not FitsImage image || image.PixelCount == 0));
        }
    }

    /// <summary>A file that cannot be used.</summary>
    public static FrameInfo Unreadable(string path, string problem) =>
        new()
        {
            Path = path,
            Name = FrameName.Of(path),
            Problem = problem,
        };

    /// <summary>
    /// A fingerprint of the pixels: of a few rows in the middle, or of all. Two different exposures differ in their noise; the same
    /// exposure, packed otherwise, does not. Null when they cannot be read.
    /// </summary>
    public static string? PixelHash(FrameInfo frame, bool whole)
    {
        try
        {
            using FitsFile file = FitsFile.Open(frame.Path);
            if (file.Hdu(frame.Hdu) is not FitsImage image)
            {
                return null;
            }
            int rows = whole ? image.Height : Math.Min(8, image.Height);
            int first = whole ? 0 : (image.Height - rows) / 2;
            var band = new float[Math.Min(rows, 256) * image.Width];
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int row = first; row < first + rows; row += 256)
            {
                int count = Math.Min(256, first + rows - row);
                Span<float> pixels = band.AsSpan(0, count * image.Width);
                image.ReadRows(row, count, pixels);
                hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels));
            }
            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is FitsFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FitsImage Picture(FitsFile file, ref TelescopeProfile? profile, TelescopeLibrary telescopes, out FitsHeader? primary)
    {
        FitsImage image = file.FirstImage();
        primary = image.Index == 0 || image.Header.Find("INHERIT")?.Value == "F" ? null : file.Hdu(0).Header;
        profile ??= telescopes.Match(image.Header, primary);
        if (profile?.Hdu is { } hdu && hdu != image.Index)
        {
            image =
                (hdu < file.Hdus.Count ? file.Hdu(hdu) as FitsImage : null)
                ?? throw new FitsFormatException(
                    file.Name,
                    hdu,
                    "XTENSION",
                    "no image",
                    $"one, as the telescope profile {profile.Name} says"
                );
            primary = hdu == 0 || image.Header.Find("INHERIT")?.Value == "F" ? null : file.Hdu(0).Header;
        }
        return image;
    }

    private static double? LargestCount(FitsImage image) =>
        image.PixelType switch
        {
            FitsPixelType.Byte => Physical(image, byte.MaxValue, 0),
            FitsPixelType.SByte => sbyte.MaxValue,
            FitsPixelType.Int16 => Physical(image, short.MaxValue, 0),
            FitsPixelType.UInt16 => ushort.MaxValue,
            FitsPixelType.Int32 => Physical(image, int.MaxValue, 0),
            FitsPixelType.UInt32 => uint.MaxValue,
            FitsPixelType.Int64 => Physical(image, long.MaxValue, 0),
            FitsPixelType.UInt64 => ulong.MaxValue,
            FitsPixelType.Single or FitsPixelType.Double => null,
            _ => null,
        };

    private static double Physical(FitsImage image, double most, double least) =>
        Math.Max((most * image.Scale) + image.Zero, (least * image.Scale) + image.Zero);

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
