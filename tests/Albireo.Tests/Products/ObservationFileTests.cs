using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;

namespace Albireo.Tests.Products;

public sealed class ObservationFileTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    [Fact]
    public void What_was_written_is_read_back()
    {
        FluxTable table = MadeUpObservation.Table();
        StoredObservation stored = MadeUpObservation.Stored(folder.At("observation.fits"), table);
        FluxTable read = stored.Fluxes;
        Assert.Equal(table.Flux, read.Flux);
        Assert.Equal(table.FluxError, read.FluxError);
        Assert.Equal(table.X, read.X);
        Assert.Equal(table.Y, read.Y);
        Assert.Equal(table.Sky, read.Sky);
        Assert.Equal(table.SkyRms, read.SkyRms);
        Assert.Equal(table.Peak, read.Peak);
        Assert.Equal(table.Flags, read.Flags);
        Assert.Equal(table.RadiusPixels, read.RadiusPixels);
        Assert.Equal(table.Radii, read.Radii);
        Assert.Equal(table.Stars, read.Stars);
        Assert.Equal((table.Target, table.Site), (read.Target, read.Site));
        Assert.Equal((table.RadiusUnit, table.FluxUnit), (read.RadiusUnit, read.FluxUnit));
        Assert.Equal((table.AnnulusInner, table.AnnulusOuter), (read.AnnulusInner, read.AnnulusOuter));
        for (int i = 0; i < table.Frames.Count; i++)
        {
            FrameRow a = table.Frames[i];
            FrameRow b = read.Frames[i];
            Assert.Equal(
                (a.Info.Name, a.Info.Path, a.StoppedBy, a.Reason, a.Sha256),
                (b.Info.Name, b.Info.Path, b.StoppedBy, b.Reason, b.Sha256)
            );
            Assert.InRange(Math.Abs(a.MidUtc!.Value.DaysSince(b.MidUtc!.Value)), 0, 1e-15);
            Assert.InRange(Math.Abs(a.MidBarycentric!.Value.DaysSince(b.MidBarycentric!.Value)), 0, 1e-15);
            Assert.InRange(Math.Abs(a.MidHeliocentric!.Value.DaysSince(b.MidHeliocentric!.Value)), 0, 1e-15);
            Assert.Equal((a.Airmass, a.AirmassFrom, a.Sky, a.Profile), (b.Airmass, b.AirmassFrom, b.Sky, b.Profile));
            Assert.Equal(a.Match?.Transform, b.Match?.Transform);
            Assert.Equal(a.Noise, b.Noise);
            Assert.Equal((a.Info.Start!.From, a.Info.Start.Raw), (b.Info.Start!.From, b.Info.Start.Raw));
            Assert.Equal(a.Info.PierSide, b.Info.PierSide);
            Assert.Equal(a.Info.Pointing, b.Info.Pointing);
        }
    }

    [Fact]
    public void Header_and_picture_of_the_reference_are_kept()
    {
        FluxTable table = MadeUpObservation.Table();
        StoredObservation stored = MadeUpObservation.Stored(folder.At("observation.fits"), table);
        Assert.Equal("O'Neill", stored.Header.Text("OBSERVER"));
        Assert.Equal("f0", stored.ReferenceInfo.Name);
        Assert.Equal(MadeUpObservation.Reference(table).Picture.Pixels.ToArray(), stored.ReadPicture().Pixels.ToArray());
        Assert.Equal("HAT-P-32", stored.Observation.Target);
        Assert.Equal(new DateOnly(2017, 12, 19), stored.Observation.Night);
    }

    [Fact]
    public void The_curve_of_the_file_is_the_curve_of_the_table()
    {
        FluxTable table = MadeUpObservation.Table();
        FluxTable read = MadeUpObservation.Stored(folder.At("observation.fits"), table).Fluxes;
        var recipe = new Recipe();
        string before = LightCurveCsv.Text(table, BuildLightCurve.Run(table, recipe, RunLog.None)!);
        string after = LightCurveCsv.Text(read, BuildLightCurve.Run(read, recipe, RunLog.None)!);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Whole_days_are_whole_and_fractions_below_a_half()
    {
        MadeUpObservation.Stored(folder.At("observation.fits"));
        using FitsFile file = FitsFile.Open(folder.At("observation.fits"));
        FitsTable frames = ((FitsTableHdu)file.Hdus.First(h => h.Name == "FRAMES")).Read();
        Assert.All(frames.Reals("JD_INT"), day => Assert.Equal(Math.Round(day), day));
        Assert.All(frames.Reals("JD_FRAC"), part => Assert.InRange(part, -0.5, 0.5));
        Assert.Equal(["measured", "measured", "measured", "measured", "measured", "left_out"], frames.Texts("FATE"));
    }

    [Fact]
    public void A_file_without_a_table_is_refused_by_name()
    {
        using (FitsOutput output = FitsOutput.Create(folder.At("observation.fits")))
        {
            var header = new FitsHeader();
            header.Set("SCHEMA", 1);
            output.AddHeader(header);
            output.Commit();
        }
        var e = Assert.Throws<AlbireoException>(() => ObservationFileReader.Read(folder.At("observation.fits")));
        Assert.Contains("no table FRAMES", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("plain")]
    [InlineData("40° — “no”")]
    [InlineData(@"C:\users\u00e9\new")]
    public void Text_survives_ascii(string? text)
    {
        string escaped = ObservationFileText.Escaped(text);
        Assert.All(escaped, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(text, ObservationFileText.Unescaped(escaped));
    }

    public void Dispose() => folder.Dispose();
}
