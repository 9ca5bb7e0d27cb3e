using Albireo.Fits;

namespace Albireo.Tests.Fits;

/// <summary>Writes a set of files to the folder named by ALBIREO_FITS_EXPORT, for reference/fits_peers.py to look at with other programs.</summary>
public sealed class ExportForPeers
{
    [Fact]
    public void Write_files_for_peers()
    {
        string? folder = Environment.GetEnvironmentVariable("ALBIREO_FITS_EXPORT");
        Assert.SkipUnless(folder is not null, "set ALBIREO_FITS_EXPORT to a folder to write files for peers to check");
        Image<byte>("u8");
        Image<sbyte>("i8");
        Image<short>("i16");
        Image<ushort>("u16");
        Image<int>("i32");
        Image<uint>("u32");
        Image<long>("i64");
        Image<ulong>("u64");
        Image<float>("f32");
        Image<double>("f64");
        using (FitsOutput output = FitsOutput.Create(Path.Combine(folder, "tables.fits")))
        {
            output.AddTable(null, SampleTables.Everything());
            output.AddTextTable(null, SampleTables.Plain());
            output.Commit();
        }

        void Image<T>(string name)
            where T : unmanaged, System.Numerics.INumber<T>
        {
            var header = new FitsHeader();
            header.Set("OBJECT", "M 57", "name");
            header.Set("LONGTEXT", string.Concat(Enumerable.Repeat("it's a long text ", 20)), "a comment");
            header.Set("ESO DET GAIN", 1.25, "hierarch");
            header.Set("NOTHING", double.NaN);
            header.AddHistory("written for peers");
            using FitsOutput output = FitsOutput.Create(Path.Combine(folder, name + ".fits"));
            output.AddImage(header, [5, 4, 3], [.. Enumerable.Range(0, 60).Select(T.CreateTruncating)]);
            output.AddImage(header, [4, 3], [.. Enumerable.Range(0, 12).Select(i => T.CreateTruncating(i * 3))]);
            output.Commit();
            using FitsOutput packed = FitsOutput.Create(Path.Combine(folder, name + ".fits.fz"));
            packed.AddCompressedImage(header, [5, 4, 3], [.. Enumerable.Range(0, 60).Select(T.CreateTruncating)]);
            packed.AddCompressedImage(
                header,
                [4, 3],
                [.. Enumerable.Range(0, 12).Select(i => T.CreateTruncating(i * 3))],
                FitsCompression.Gzip
            );
            packed.Commit();
        }
    }
}
