using System.Buffers;
using System.Numerics;

namespace Albireo.Fits;

/// <summary>Files with compressed tiles ↔ plain files, HDU by HDU; headers and pixels stay as they are.</summary>
public static class FitsPacking
{
    private const int BandPixels = 1 << 18;

    /// <summary>Copies a file with its compressed images and tables unpacked. The empty primary HDU that packing puts before an image is left out.</summary>
    /// <param name="source">The file to read.</param>
    /// <param name="output">Takes all HDUs; the caller commits it.</param>
    /// <exception cref="FitsFormatException">The file is damaged, in any HDU.</exception>
    public static void Unpack(FitsFile source, FitsOutput output)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        IReadOnlyList<FitsHdu> hdus = source.AllHdus();
        bool madeUp = hdus.Count > 1 && hdus[0] is FitsImage { Shape.Count: 0 } && IsPackedPrimary(hdus[1]);
        foreach (FitsHdu hdu in hdus.Skip(madeUp ? 1 : 0))
        {
            switch (hdu)
            {
                case FitsImage { Kind: FitsHduKind.CompressedImage } image:
                    UnpackImage(image, output);
                    break;
                case FitsTableHdu { Kind: FitsHduKind.CompressedTable } table:
                    output.AddTable(table.Header, table.Read());
                    break;
                default:
                    output.Copy(hdu);
                    break;
            }
        }
    }

    /// <summary>Copies a file with its images compressed, every bit kept; tables and images without data are copied.</summary>
    /// <param name="source">The file to read.</param>
    /// <param name="output">Takes all HDUs; the caller commits it.</param>
    /// <param name="compression">How.</param>
    /// <exception cref="FitsFormatException">The file is damaged, in any HDU.</exception>
    public static void Pack(FitsFile source, FitsOutput output, FitsCompression compression = FitsCompression.Rice)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        foreach (FitsHdu hdu in source.AllHdus())
        {
            if (hdu is FitsImage { Kind: FitsHduKind.Image, PixelCount: > 0 } image)
            {
                if (output.HduCount == 0)
                {
                    output.AddHeader();
                }
                int bytes = Math.Abs(image.BitPix) / 8;
                CompressedImageWriter.Write(
                    output,
                    image.Header,
                    hdu.Index == 0,
                    [.. image.Shape],
                    image.BitPix,
                    image.Scaling,
                    compression,
                    (row, destination) => image.ReadData((long)row * image.Shape[^1] * bytes, destination)
                );
            }
            else
            {
                output.Copy(hdu);
            }
        }
    }

    private static bool IsPackedPrimary(FitsHdu hdu) =>
        hdu.Kind == FitsHduKind.CompressedImage && CompressedHeader.WasPrimary(hdu.StoredHeader);

    private static void UnpackImage(FitsImage image, FitsOutput output)
    {
        switch (image.BitPix)
        {
            case 8:
                Copy<byte>(image, output);
                break;
            case 16:
                Copy<short>(image, output);
                break;
            case 32:
                Copy<int>(image, output);
                break;
            case 64:
                Copy<long>(image, output);
                break;
            case -32:
                Copy<float>(image, output);
                break;
            default:
                Copy<double>(image, output);
                break;
        }
    }

    private static void Copy<T>(FitsImage image, FitsOutput output)
        where T : unmanaged, INumber<T>
    {
        using FitsImageWriter writer = output.BeginStored(image.Header, [.. image.Shape], image.BitPix, image.Scaling);
        long rowCount = image.RowCount;
        int width = image.Width;
        int band = rowCount == 0 ? 1 : (int)Math.Min(rowCount, Math.Max(1, BandPixels / width / image.RowsOfTile * image.RowsOfTile));
        T[] buffer = ArrayPool<T>.Shared.Rent(band * Math.Max(1, width));
        try
        {
            for (long row = 0; row < rowCount; row += band)
            {
                int count = (int)Math.Min(band, rowCount - row);
                Span<T> pixels = buffer.AsSpan(0, count * width);
                image.ReadStored(row, count, pixels);
                writer.Write<T>(pixels);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(buffer);
        }
        writer.Complete();
    }
}
