using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline.Products;

/// <summary>
/// observation.fits, SCHEMA 1: the reference image and every measurement, enough to redo each later step without a pixel. The columns
/// are described in docs/observation.md.
/// </summary>
public static class ObservationFile
{
    public const int Schema = 1;

    public static void Write(string path, ReferenceFrame reference, FluxTable table)
    {
        using FitsOutput output = FitsOutput.Create(path, flushToDisk: true);
        output.AddImage(
            Primary(reference, table),
            [reference.Picture.Height, reference.Picture.Width],
            (ReadOnlySpan<float>)reference.Picture.Pixels
        );
        output.AddTable(Named("FRAMES"), Frames(table));
        output.AddTable(Named("STARS"), Stars(table));
        output.AddTable(Named("APERTURES"), Apertures(table));
        long[] cube = [table.Frames.Count, table.Radii.Count, table.Stars.Count];
        long[] plane = [table.Frames.Count, table.Stars.Count];
        output.AddImage(Named("FLUX", table.FluxUnit), cube, (ReadOnlySpan<double>)table.Flux);
        output.AddImage(Named("FLUX_ERROR", table.FluxUnit), cube, (ReadOnlySpan<double>)table.FluxError);
        output.AddImage(Named("X", "pixel"), plane, Single(table.X));
        output.AddImage(Named("Y", "pixel"), plane, Single(table.Y));
        output.AddImage(Named("SKY", table.FluxUnit), plane, Single(table.Sky));
        output.AddImage(Named("SKY_RMS", table.FluxUnit), plane, Single(table.SkyRms));
        output.AddImage(Named("PEAK", "adu"), plane, Single(table.Peak));
        output.AddImage(Named("FLAGS"), plane, (ReadOnlySpan<uint>)Array.ConvertAll(table.Flags, f => (uint)f));
        output.Commit();
    }

    private static FitsHeader Primary(ReferenceFrame reference, FluxTable table)
    {
        FitsHeader header = reference.Header.Clone();
        foreach (string keyword in (string[])["EXTNAME", "EXTVER", "EXTLEVEL", "INHERIT"])
        {
            header.Remove(keyword);
        }
        header.Set("BUNIT", table.FluxUnit, "unit of the pixels");
        header.Set("SCHEMA", Schema, "layout of this file; see docs/observation.md");
        header.Set("REFFRAME", reference.Frame.Info.Name, "reference frame of all positions");
        header.Set("CREATOR", ProgramVersion.Text, "program that wrote this file");
        return header;
    }

    private static FitsTable Frames(FluxTable table)
    {
        IReadOnlyList<FrameRow> frames = table.Frames;
        var result = new FitsTable(frames.Count);
        string[] Texts(Func<FrameRow, string?> f) => [.. frames.Select(r => f(r) ?? "")];
        double[] Reals(Func<FrameRow, double?> f) => [.. frames.Select(r => f(r) ?? double.NaN)];
        result.Add("NAME", Texts(f => f.Info.Name));
        result.Add("PATH", Texts(f => f.Info.Path));
        result.Add("JD_INT", Reals(f => f.MidUtc?.Day), "d");
        result.Add("JD_FRAC", Reals(f => f.MidUtc?.Fraction), "d");
        result.Add("JD_SCALE", Texts(f => f.MidUtc?.Scale.ToString().ToUpperInvariant()));
        result.Add("BJD_INT", Reals(f => f.MidBarycentric?.Day), "d");
        result.Add("BJD_FRAC", Reals(f => f.MidBarycentric?.Fraction), "d");
        result.Add("EXPOSURE_S", Reals(f => f.Info.ExposureSeconds?.Value), "s");
        result.Add("FILTER", Texts(f => f.Info.Filter?.Value));
        double[] transforms = new double[frames.Count * 6];
        for (int i = 0; i < frames.Count; i++)
        {
            double[] t = frames[i].Match?.Transform is { } m ? [m.A, m.B, m.C, m.D, m.E, m.F] : [.. Enumerable.Repeat(double.NaN, 6)];
            t.CopyTo(transforms.AsSpan(i * 6));
        }
        result.Add("TRANSFORM", transforms, repeat: 6);
        result.Add("SKY", Reals(f => f.Sky), table.FluxUnit);
        result.Add("FWHM_X", Reals(f => f.Profile?.FwhmX), "pixel");
        result.Add("FWHM_Y", Reals(f => f.Profile?.FwhmY), "pixel");
        result.Add("FWHM_ANGLE", Reals(f => f.Profile?.AngleDegrees), "deg");
        result.Add("AIRMASS", Reals(f => f.Airmass));
        result.Add("AIRMASS_FROM", Texts(f => f.AirmassFrom));
        result.Add("FLIP", Texts(f => f.Info.PierSide?.Value));
        double[] radii = table.RadiusPixels;
        result.Add("RADIUS_PIXELS", radii, "pixel", repeat: table.Radii.Count);
        result.Add("FATE", Texts(f => f.StoppedBy is null ? "measured" : f.StoppedBy));
        result.Add("REASON", Texts(f => f.Reason));
        return result;
    }

    private static FitsTable Stars(FluxTable table)
    {
        IReadOnlyList<Star> stars = table.Stars;
        var result = new FitsTable(stars.Count);
        result.Add("ID", (int[])[.. stars.Select(s => s.Id)]);
        result.Add("X", (double[])[.. stars.Select(s => s.X)], "pixel");
        result.Add("Y", (double[])[.. stars.Select(s => s.Y)], "pixel");
        result.Add("RA", (double[])[.. stars.Select(s => s.Position?.RightAscensionDegrees ?? double.NaN)], "deg");
        result.Add("DEC", (double[])[.. stars.Select(s => s.Position?.DeclinationDegrees ?? double.NaN)], "deg");
        result.Add("NAME", (string[])[.. stars.Select(s => s.Name ?? "")]);
        result.Add("ROLE", (string[])[.. stars.Select(s => s.Role.ToString().ToLowerInvariant())]);
        result.Add("MAG", (double[])[.. stars.Select(s => s.Magnitude ?? double.NaN)], "mag");
        result.Add("MAG_ERROR", (double[])[.. stars.Select(s => s.MagnitudeError ?? double.NaN)], "mag");
        result.Add("BAND", (string[])[.. stars.Select(s => s.Band ?? "")]);
        return result;
    }

    private static FitsTable Apertures(FluxTable table)
    {
        var result = new FitsTable(table.Radii.Count);
        result.Add("RADIUS", (double[])[.. table.Radii]);
        result.Add("UNIT", (string[])[.. table.Radii.Select(_ => table.RadiusUnit)]);
        result.Add("ANNULUS_INNER", (double[])[.. table.Radii.Select(_ => table.AnnulusInner)]);
        result.Add("ANNULUS_OUTER", (double[])[.. table.Radii.Select(_ => table.AnnulusOuter)]);
        return result;
    }

    private static FitsHeader Named(string name, string? unit = null)
    {
        var header = new FitsHeader();
        header.Set("EXTNAME", name);
        if (unit is not null)
        {
            header.Set("BUNIT", unit);
        }
        return header;
    }

    private static ReadOnlySpan<float> Single(double[] values) => Array.ConvertAll(values, v => (float)v);
}
