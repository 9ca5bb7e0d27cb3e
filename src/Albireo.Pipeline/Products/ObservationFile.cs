using System.Globalization;
using System.Runtime.InteropServices;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Products;

/// <summary>
/// observation.fits, SCHEMA 1: the reference image and every measurement, enough to redo each later step without a pixel. The columns
/// are described in docs/observation.md; <see cref="ObservationFileReader"/> reads them back.
/// </summary>
public static class ObservationFile
{
    public const int Schema = 1;

    /// <summary>Writes what a reduction measured.</summary>
    public static void Write(string path, Observation observation, ReferenceFrame reference, FluxTable table) =>
        Write(path, observation, reference.Frame.Info, reference.Header, reference.Picture, table);

    /// <summary>Writes a stored observation again, with other words about its stars or other times.</summary>
    public static void Write(StoredObservation stored) => Write(stored.Path, stored);

    /// <summary>Writes a stored observation into another file; the picture still comes from its own.</summary>
    public static void Write(string path, StoredObservation stored) =>
        Write(path, stored.Observation, stored.ReferenceInfo, stored.Header, stored.ReadPicture(), stored.Fluxes);

    /// <summary>How <c>JD_INT</c> and <c>JD_FRAC</c> hold an instant: a whole number of days and −0.5 … 0.5, as astropy keeps it.</summary>
    internal static (double Whole, double Fraction) Split(JulianDate date)
    {
        JulianDate day = date.Normalised();
        return (day.Day + 0.5, day.Fraction - 0.5);
    }

    private static void Write(
        string path,
        Observation observation,
        FrameInfo referenceInfo,
        FitsHeader referenceHeader,
        Image picture,
        FluxTable table
    )
    {
        using FitsOutput output = FitsOutput.Create(path, flushToDisk: true);
        output.AddImage(
            Primary(referenceHeader, referenceInfo, table),
            [picture.Height, picture.Width],
            (ReadOnlySpan<float>)picture.Pixels
        );
        output.AddTable(FramesHeader(observation, referenceInfo, table), Frames(table));
        output.AddTable(Named("STARS"), Stars(table));
        output.AddTable(Named("APERTURES"), Apertures(table));
        long[] cube = [table.Frames.Count, table.Radii.Count, table.Stars.Count];
        long[] plane = [table.Frames.Count, table.Stars.Count];
        output.AddImage(Named("FLUX", table.FluxUnit), cube, (ReadOnlySpan<double>)table.Flux);
        output.AddImage(Named("FLUX_ERROR", table.FluxUnit), cube, (ReadOnlySpan<double>)table.FluxError);
        output.AddImage(Named("CONTAMINATION"), cube, (ReadOnlySpan<float>)table.Contamination);
        output.AddImage(Named("X", "pixel"), plane, (ReadOnlySpan<float>)table.X);
        output.AddImage(Named("Y", "pixel"), plane, (ReadOnlySpan<float>)table.Y);
        output.AddImage(Named("SKY", table.FluxUnit), plane, (ReadOnlySpan<float>)table.Sky);
        output.AddImage(Named("SKY_RMS", table.FluxUnit), plane, (ReadOnlySpan<float>)table.SkyRms);
        output.AddImage(Named("PEAK", "adu"), plane, (ReadOnlySpan<float>)table.Peak);
        output.AddImage(Named("FLAGS"), plane, MemoryMarshal.Cast<FluxQuality, uint>((ReadOnlySpan<FluxQuality>)table.Flags));
        output.AddTable(Named("MAGNITUDES"), Magnitudes(table));
        output.Commit();
    }

    private static FitsHeader Primary(FitsHeader reference, FrameInfo info, FluxTable table)
    {
        FitsHeader header = reference.Clone();
        foreach (string keyword in (string[])["EXTNAME", "EXTVER", "EXTLEVEL", "INHERIT"])
        {
            header.Remove(keyword);
        }
        header.Set("BUNIT", table.FluxUnit, "unit of the pixels");
        header.Set("SCHEMA", Schema, "layout of this file; see docs/observation.md");
        header.Set("REFFRAME", ObservationFileText.Escaped(info.Name), "reference frame of all positions");
        header.Set("CREATOR", ProgramVersion.Text, "program that wrote this file");
        return header;
    }

    /// <summary>What is true of the whole observation.</summary>
    private static FitsHeader FramesHeader(Observation observation, FrameInfo reference, FluxTable table)
    {
        FitsHeader header = Named("FRAMES");
        void Text(string keyword, string? value, string comment)
        {
            if (!string.IsNullOrEmpty(value))
            {
                header.Set(keyword, ObservationFileText.Escaped(value), comment);
            }
        }
        void Real(string keyword, double? value, string comment)
        {
            if (value is { } v && double.IsFinite(v))
            {
                header.Set(keyword, v, comment);
            }
        }
        Text("LABEL", observation.Label, "name of the observation's folder");
        Text("OBJECT", observation.Target, "as the headers write it");
        Text("FILTER", observation.Filter, "as the headers write it");
        Text("INSTRUME", observation.Instrument, "instrument, else telescope");
        Text("NIGHT", observation.Night?.ToString("O", CultureInfo.InvariantCulture), "date on which the night began");
        Text("BINNING", reference.Binning?.Value, "columns x rows");
        Real("TARGRA", table.Target?.RightAscensionDegrees, "[deg] ICRS, for BJD and airmass");
        Real("TARGDEC", table.Target?.DeclinationDegrees, "[deg] ICRS, for BJD and airmass");
        Real("SITELAT", table.Site?.LatitudeDegrees, "[deg] north");
        Real("SITELON", table.Site?.LongitudeDegrees, "[deg] east");
        Real("SITEHGT", table.Site?.HeightMetres, "[m]");
        Real("SCALE", reference.PixelScaleArcsec?.Value, "[arcsec/pixel]");
        Real("DIAMETER", reference.ApertureDiameterMillimetres?.Value, "[mm] of the telescope");
        return header;
    }

    private static FitsTable Frames(FluxTable table)
    {
        IReadOnlyList<FrameRow> frames = table.Frames;
        var result = new FitsTable(frames.Count);
        void Texts(string name, Func<FrameRow, string?> value) =>
            result.Add(name, (string[])[.. frames.Select(r => ObservationFileText.Escaped(value(r)))]);
        void Reals(string name, Func<FrameRow, double?> value, string? unit = null) =>
            result.Add(name, (double[])[.. frames.Select(r => value(r) ?? double.NaN)], unit);
        void Dates(string name, Func<FrameRow, JulianDate?> date)
        {
            Reals(name + "_INT", f => date(f) is { } d ? Split(d).Whole : null, "d");
            Reals(name + "_FRAC", f => date(f) is { } d ? Split(d).Fraction : null, "d");
        }
        Texts("NAME", f => f.Info.Name);
        Texts("PATH", f => f.Info.Path);
        Dates("JD", f => f.MidUtc);
        Texts("JD_SCALE", f => f.MidUtc is null ? null : "UTC");
        Dates("BJD", f => f.MidBarycentric);
        Dates("HJD", f => f.MidHeliocentric);
        Texts("START_RAW", f => f.Info.Start?.Raw);
        Texts("START_FROM", f => f.Info.Start?.From);
        Reals("EXPOSURE_S", f => f.Info.ExposureSeconds?.Value, "s");
        Texts("EXPOSURE_FROM", f => f.Info.ExposureSeconds?.From);
        Texts("FILTER", f => f.Info.Filter?.Value);
        Texts("NIGHT", f => f.Info.Night?.ToString("O", CultureInfo.InvariantCulture));
        result.Add("TRANSFORM", (double[])[.. frames.SelectMany(Transform)], repeat: 6);
        Reals("MATCHED_STARS", f => f.Match?.MatchedStars);
        Reals("MATCH_RESIDUAL", f => f.Match?.ResidualPixels, "pixel");
        Reals("SKY", f => f.Sky, table.FluxUnit);
        Reals("FWHM", f => f.Profile?.Fwhm, "pixel");
        Reals("FWHM_X", f => f.Profile?.FwhmX, "pixel");
        Reals("FWHM_Y", f => f.Profile?.FwhmY, "pixel");
        Reals("FWHM_ANGLE", f => f.Profile?.AngleDegrees, "deg");
        Reals("FWHM_STARS", f => f.Profile?.StarCount);
        Reals("ELLIPTICITY", f => f.Profile?.Ellipticity);
        Reals("STARS_FOUND", f => f.Quality?.StarsFound);
        Reals("SHIFT_X", f => f.Quality?.ShiftX, "pixel");
        Reals("SHIFT_Y", f => f.Quality?.ShiftY, "pixel");
        Reals("ROTATION", f => f.Quality?.RotationDegrees, "deg");
        Reals("TRANSPARENCY", f => f.Quality?.Transparency);
        Reals("SCINTILLATION", f => f.Scintillation);
        Reals("AIRMASS", f => f.Airmass);
        Texts("AIRMASS_FROM", f => f.AirmassFrom);
        Reals("AIRMASS_HEADER", f => f.Info.Airmass?.Value);
        Texts("AIRMASS_KEYWORD", f => f.Info.Airmass?.From);
        Reals("POINTING_RA", f => f.Info.Pointing?.Value.RightAscensionDegrees, "deg");
        Reals("POINTING_DEC", f => f.Info.Pointing?.Value.DeclinationDegrees, "deg");
        Texts("POINTING_FROM", f => f.Info.Pointing?.From);
        Texts("FLIP", f => f.Info.PierSide?.Value);
        result.Add("RADIUS_PIXELS", table.RadiusPixels, "pixel", repeat: table.Radii.Count);
        Reals("GAIN", f => f.Noise?.Detector.GainElectronsPerAdu, "electron/adu");
        Texts("GAIN_FROM", f => f.Noise?.GainFrom);
        Reals("READ_NOISE", f => f.Noise?.Detector.ReadNoiseElectrons, "electron");
        Texts("READ_NOISE_FROM", f => f.Noise?.ReadNoiseFrom);
        Reals("SATURATION", f => f.Noise?.Detector.SaturationAdu, "adu");
        Reals("LINEAR_LIMIT", f => f.Noise?.Detector.LinearLimitAdu, "adu");
        Texts("SHA256", f => f.Sha256);
        Texts(
            "FATE",
            f =>
                f.StoppedBy is null ? "measured"
                : f.IsUnusable ? "unusable"
                : "left_out"
        );
        Texts("STAGE", f => f.StoppedBy);
        Texts("REASON", f => f.Reason);
        return result;
    }

    private static double[] Transform(FrameRow frame) =>
        frame.Match?.Transform is { } m ? [m.A, m.B, m.C, m.D, m.E, m.F] : [.. Enumerable.Repeat(double.NaN, 6)];

    private static FitsTable Stars(FluxTable table)
    {
        IReadOnlyList<Star> stars = table.Stars;
        var result = new FitsTable(stars.Count);
        result.Add("ID", (int[])[.. stars.Select(s => s.Id)]);
        result.Add("X", (double[])[.. stars.Select(s => s.X)], "pixel");
        result.Add("Y", (double[])[.. stars.Select(s => s.Y)], "pixel");
        result.Add("RA", (double[])[.. stars.Select(s => s.Position?.RightAscensionDegrees ?? double.NaN)], "deg");
        result.Add("DEC", (double[])[.. stars.Select(s => s.Position?.DeclinationDegrees ?? double.NaN)], "deg");
        result.Add("NAME", (string[])[.. stars.Select(s => ObservationFileText.Escaped(s.Name))]);
        result.Add("ROLE", (string[])[.. stars.Select(s => s.Role.ToString().ToLowerInvariant())]);
        result.Add("MAG", (double[])[.. stars.Select(s => s.Magnitudes.First?.Value ?? double.NaN)], "mag");
        result.Add("MAG_ERROR", (double[])[.. stars.Select(s => s.Magnitudes.First?.Error ?? double.NaN)], "mag");
        result.Add("BAND", (string[])[.. stars.Select(s => ObservationFileText.Escaped(s.Magnitudes.First?.Band))]);
        result.Add("SOURCE_FLUX", (double[])[.. stars.Select(s => s.Flux)], table.FluxUnit);
        result.Add("SOURCE_PEAK", (double[])[.. stars.Select(s => s.Peak)], "adu");
        result.Add("SATURATED", (bool[])[.. stars.Select(s => s.IsSaturated)]);
        return result;
    }

    /// <summary>All that is known of the stars' light, colours too; STARS has the first magnitude of each.</summary>
    private static FitsTable Magnitudes(FluxTable table)
    {
        (int Star, CatalogueMagnitude Magnitude)[] all = [.. table.Stars.SelectMany(s => s.Magnitudes.Select(m => (s.Id, m)))];
        var result = new FitsTable(all.Length);
        result.Add("STAR", Array.ConvertAll(all, a => a.Star));
        result.Add("BAND", Array.ConvertAll(all, a => ObservationFileText.Escaped(a.Magnitude.Band)));
        result.Add("MAG", Array.ConvertAll(all, a => a.Magnitude.Value), "mag");
        result.Add("MAG_ERROR", Array.ConvertAll(all, a => a.Magnitude.Error ?? double.NaN), "mag");
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
}
