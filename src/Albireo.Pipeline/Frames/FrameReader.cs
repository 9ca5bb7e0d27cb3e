using System.Security.Cryptography;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Frames;

/// <summary>The one place that reads pixels: a file is read once, hashed and decoded from the same buffer.</summary>
public static class FrameReader
{
    private const int RowsOfBand = 64;

    /// <summary>Bytes are hashed while they are in the processor's cache.</summary>
    private const int BytesAtOnce = 1 << 18;

    /// <summary>Reads the picture of a frame into the workspace's buffers.</summary>
    /// <exception cref="FitsFormatException">The file is not what its header says.</exception>
    public static Frame Read(FrameInfo info, Workspace workspace)
    {
        ReadOnlyMemory<byte> bytes = ReadBytes(info.Path, workspace, out string hash);
        using FitsFile file = FitsFile.Open(bytes, info.Path);
        FitsImage picture = file.FirstImage();
        bool isPacked = IsPacked(file, picture);
        string? changed = Changed(picture, info.Path);
        var raw = new BandedImage(
            workspace,
            info.Plane is null ? "raw" : "mosaic",
            picture.Width,
            picture.Height,
            (first, count, rows) => picture.ReadRows(first, count, rows) // from memory, which outlives the file
        );
        _ = raw.Rows(0, 1); // a header that makes no pixels is found now
        if (isPacked)
        {
            _ = raw.Whole; // unpacked once, and found to be damaged now
        }
        if (info.Plane is { } plane)
        {
            Image mosaic = raw.Whole;
            Image ofPlane = workspace.Image("raw", info.Width, info.Height);
            plane.Extract(mosaic.Pixels, mosaic.Width, ofPlane.Pixels);
            raw = BandedImage.Of(ofPlane);
        }
        return new Frame
        {
            Info = info,
            Workspace = workspace,
            Header = info.Plane is null ? picture.Header : PlaneHeader.Of(picture.Header, info.Plane),
            Sha256 = hash,
            RawRows = raw,
            IsPacked = isPacked,
            Remarks = changed is null ? [] : [changed],
        };
    }

    /// <summary>Reads one picture on its own, with its own memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="runner">Who reads bands of rows; null: this thread.</param>
    public static (Image Image, FitsHeader Header) ReadImage(string path, BandRunner? runner = null)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage picture = file.FirstImage();
        return (Picture(picture, runner), picture.Header);
    }

    /// <summary>All pixels of a picture in a file that is open.</summary>
    /// <param name="picture">In the file.</param>
    /// <param name="runner">Who reads bands of rows; null: this thread.</param>
    /// <param name="seen">Told of the picture, the first row and the number of rows just read, while they are at hand.</param>
    internal static Image Picture(FitsImage picture, BandRunner? runner = null, Action<Image, int, int>? seen = null)
    {
        Image image = EarlyMemory.Take(checked(picture.Width * picture.Height)) is { } pixels
            ? new Image(picture.Width, picture.Height, pixels)
            : LargePages.Unset(picture.Width, picture.Height);
        int tile = picture.RowsOfTile;
        int rows = (RowsOfBand + tile - 1) / tile * tile; // a tile is unpacked once
        (picture.IsSequential ? BandRunner.Serial : runner ?? BandRunner.Serial).Run(
            picture.Height,
            rows,
            (_, first, count) =>
            {
                picture.ReadRows(first, count, image.Rows(first, count));
                seen?.Invoke(image, first, count);
            }
        );
        return image;
    }

    /// <summary>Whether reading rows of a picture costs unpacking.</summary>
    /// <param name="file">That is open.</param>
    /// <param name="picture">In it.</param>
    internal static bool IsPacked(FitsFile file, FitsImage picture) => file.IsGzipped || picture.Kind == FitsHduKind.CompressedImage;

    /// <summary>
    /// A sentence where the file carries sums and its bytes do not come to them; its pixels are used all the same. Headers are often
    /// edited without new sums, so that sentence names no file and is said once for all of them.
    /// </summary>
    private static string? Changed(FitsImage picture, string path)
    {
        (FitsChecksumStatus data, FitsChecksumStatus all) = picture.VerifyChecksums();
        return data == FitsChecksumStatus.Wrong ? $"{path}: the data do not agree with DATASUM: bytes have changed since it was written."
            : all == FitsChecksumStatus.Wrong ? "the header does not agree with CHECKSUM: it has changed since it was written."
            : null;
    }

    private static ReadOnlyMemory<byte> ReadBytes(string path, Workspace workspace, out string hash)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long length = RandomAccess.GetLength(handle);
        if (length > Array.MaxLength)
        {
            throw new FitsFormatException(path, 0, "file", $"{length} bytes", "at most 2 GiB for one frame of a night");
        }
        Memory<byte> buffer = workspace.File((int)length);
        int done = 0;
        while (done < buffer.Length)
        {
            Span<byte> some = buffer.Span.Slice(done, Math.Min(BytesAtOnce, buffer.Length - done));
            int count = RandomAccess.Read(handle, some, done);
            if (count == 0)
            {
                throw new FitsFormatException(path, 0, "file", $"{done} bytes", $"{length} bytes: it shrank while it was read");
            }
            sum.AppendData(some[..count]);
            done += count;
        }
        hash = Convert.ToHexStringLower(sum.GetHashAndReset());
        return buffer;
    }
}
