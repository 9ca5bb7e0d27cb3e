using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using Albireo.Fits;
using Albireo.Pipeline.Stages;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Products;

/// <summary>
/// What <c>albireo combine</c> writes: the picture with the first one's header, its standard deviation (UNCERT, as ccdproc reads it) and
/// the number of values that each pixel rests on (USED).
/// </summary>
public static class CombinedFile
{
    /// <summary>Values that are made bytes at a time.</summary>
    private const int PieceLength = 1 << 16;

    public static void Write(CombinedPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        CombineRequest request = picture.Request;
        long[] shape = [picture.Image.Height, picture.Image.Width];
        using FitsOutput output = FitsOutput.Create(request.Output);
        output.AddImage(Header(picture), shape, (ReadOnlySpan<float>)picture.Image.Pixels);
        output.AddImage(Extension("UNCERT", ("UTYPE", "StdDevUncertainty")), shape, (ReadOnlySpan<float>)picture.Uncertainty.Pixels);
        AddUsed(output, picture.Used, request.Files.Count, shape);
        output.Commit();
    }

    /// <summary>The number of values that each pixel rests on, in the smallest type that holds it.</summary>
    internal static void AddUsed(FitsOutput output, ushort[] used, int frames, ReadOnlySpan<long> shape)
    {
        FitsHeader header = Extension("USED", ("CONTENT", "values in each pixel"));
        if (frames <= byte.MaxValue)
        {
            byte[] small = ArrayPool<byte>.Shared.Rent(PieceLength);
            using FitsImageWriter writer = output.BeginImage(header, shape, FitsPixelType.Byte);
            for (int done = 0; done < used.Length; done += PieceLength)
            {
                ReadOnlySpan<ushort> piece = used.AsSpan(done, Math.Min(PieceLength, used.Length - done));
                TensorPrimitives.ConvertTruncating<ushort, byte>(piece, small);
                writer.Write<byte>(small.AsSpan(0, piece.Length));
            }
            writer.Complete();
            ArrayPool<byte>.Shared.Return(small);
        }
        else
        {
            output.AddImage(header, shape, (ReadOnlySpan<ushort>)used);
        }
    }

    private static FitsHeader Header(CombinedPicture picture)
    {
        CombineRequest request = picture.Request;
        FitsHeader header = picture.Header.Clone();
        header.Set("NCOMBINE", request.Files.Count, "pictures combined");
        header.Set("REJFRAC", picture.RejectedFraction, "part of all values left out");
        header.AddHistory(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ProgramVersion.Text}: {StackHistory.Of(request.Options)}{(request.IsWeighted ? ", weighted by level" : "")}{(request.Scale is null ? "" : ", brought to the first one's level")}; {100 * picture.RejectedFraction:F3} % of the values left out, of"
            )
        );
        for (int i = 0; i < request.Files.Count; i++)
        {
            string level = picture.Levels.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $" level {picture.Levels[i]:G8}") : "";
            header.AddHistory(Path.GetFileName(request.Files[i]) + level);
        }
        return header;
    }

    private static FitsHeader Extension(string name, (string Keyword, string Value) said)
    {
        var header = new FitsHeader();
        header.Set("EXTNAME", name);
        header.Set(said.Keyword, said.Value);
        return header;
    }
}
