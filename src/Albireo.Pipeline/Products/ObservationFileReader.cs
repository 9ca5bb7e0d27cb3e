using System.Globalization;
using System.Runtime.InteropServices;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Products;

/// <summary>Reads observation.fits back into the table that it was written from.</summary>
public static class ObservationFileReader
{
    /// <exception cref="AlbireoException">It is not such a file; the message says what is missing.</exception>
    /// <exception cref="FitsFormatException">It is not whole.</exception>
    public static StoredObservation Read(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsHeader primary = file.Hdu(0).Header;
        if (primary.Integer("SCHEMA") != ObservationFile.Schema)
        {
            throw Bad(path, $"SCHEMA is {primary.Text("SCHEMA") ?? "missing"}; this program reads {ObservationFile.Schema}");
        }
        FitsTableHdu frameTable = Table(file, path, "FRAMES");
        FitsHeader common = frameTable.Header;
        FitsTable apertures = Table(file, path, "APERTURES").Read();
        List<FrameRow> frames = Frames(frameTable.Read(), common, primary.Text("REFFRAME"), path);
        FrameInfo reference =
            frames.FirstOrDefault(f => ObservationFileText.Escaped(f.Info.Name) == primary.Text("REFFRAME"))?.Info
            ?? throw Bad(path, "REFFRAME names no frame of the table FRAMES");
        var fluxes = new FluxTable(frames, Stars(Table(file, path, "STARS").Read(), Magnitudes(file)), apertures.Reals("RADIUS"))
        {
            RadiusUnit = apertures.Texts("UNIT")[0],
            AnnulusInner = apertures.Reals("ANNULUS_INNER")[0],
            AnnulusOuter = apertures.Reals("ANNULUS_OUTER")[0],
            FluxUnit = Image(file, path, "FLUX").Header.Text("BUNIT") ?? "adu",
            Target = common.Real("TARGRA") is { } ra && common.Real("TARGDEC") is { } dec ? new SkyCoordinate(ra, dec) : null,
            Site =
                common.Real("SITELAT") is { } latitude && common.Real("SITELON") is { } longitude
                    ? new Site(latitude, longitude, common.Real("SITEHGT") ?? 0)
                    : null,
        };
        Fill(file, path, "FLUX", fluxes.Flux);
        Fill(file, path, "FLUX_ERROR", fluxes.FluxError);
        Fill(file, path, "CONTAMINATION", fluxes.Contamination);
        Fill(file, path, "X", fluxes.X);
        Fill(file, path, "Y", fluxes.Y);
        Fill(file, path, "SKY", fluxes.Sky);
        Fill(file, path, "SKY_RMS", fluxes.SkyRms);
        Fill(file, path, "PEAK", fluxes.Peak);
        Flags(file, path, fluxes.Flags);
        frameTable.Read(0, frames.Count, ["RADIUS_PIXELS"]).Reals("RADIUS_PIXELS").CopyTo(fluxes.RadiusPixels, 0);
        return new StoredObservation(path, Observation(common, frames), primary, WcsOf(primary), reference, fluxes);
    }

    internal static Image ReadPicture(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage stored = file.Hdu(0) as FitsImage ?? throw Bad(path, "there is no picture in it");
        var picture = new Image(stored.Width, stored.Height);
        stored.ReadRows(0, stored.Height, picture.Pixels);
        return picture;
    }

    private static Observation Observation(FitsHeader common, List<FrameRow> frames) =>
        new()
        {
            Label = Text(common, "LABEL") ?? "",
            Target = Text(common, "OBJECT"),
            Filter = Text(common, "FILTER"),
            Instrument = Text(common, "INSTRUME"),
            Night = DateOnly.TryParseExact(
                common.Text("NIGHT"),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateOnly night
            )
                ? night
                : null,
            Lights = [.. frames.Select(f => f.Info)],
        };

    private static List<FrameRow> Frames(FitsTable table, FitsHeader common, string? reference, string path)
    {
        var rows = new List<FrameRow>(table.RowCount);
        var columns = new Dictionary<string, Array>(StringComparer.Ordinal);
        double? Real(string name, int row)
        {
            double[] values = (double[])(
                columns.TryGetValue(name, out Array? known) ? known : columns[name] = Column(table, name, path).Reals()
            );
            return double.IsNaN(values[row]) ? null : values[row];
        }
        string? Word(string name, int row) =>
            ObservationFileText.Unescaped(
                ((string[])(columns.TryGetValue(name, out Array? known) ? known : columns[name] = Column(table, name, path).Texts()))[row]
            );
        JulianDate? Date(string name, int row, TimeScale scale) =>
            Real(name + "_INT", row) is { } whole && Real(name + "_FRAC", row) is { } fraction
                ? new JulianDate(whole - 0.5, fraction + 0.5, scale)
                : null;
        bool knowsPointing = table.Contains("POINTING_RA"); // not in files of the first versions
        double[] transforms = Column(table, "TRANSFORM", path).Reals();
        for (int i = 0; i < table.RowCount; i++)
        {
            double[] t = transforms[(6 * i)..((6 * i) + 6)];
            bool isReference = ObservationFileText.Escaped(Word("NAME", i)) == reference;
            JulianDate? middle = Date("JD", i, TimeScale.Utc);
            Sourced<double>? exposure = Sourced(Real("EXPOSURE_S", i), Word("EXPOSURE_FROM", i));
            rows.Add(
                new FrameRow
                {
                    Info = new FrameInfo
                    {
                        Path = Word("PATH", i) ?? "",
                        Name = Word("NAME", i) ?? "",
                        Kind = new Sourced<FrameKind>(FrameKind.Light, "observation.fits", ""),
                        ExposureSeconds = exposure,
                        Filter = Word("FILTER", i) is { } filter ? new Sourced<string>(filter, "observation.fits", filter) : null,
                        Night = DateOnly.TryParseExact(Word("NIGHT", i), "yyyy-MM-dd", out DateOnly night) ? night : null,
                        Start =
                            middle is { } mid && exposure is not null
                                ? new Sourced<JulianDate>(
                                    mid.AddSeconds(-exposure.Value / 2),
                                    Word("START_FROM", i) ?? "",
                                    Word("START_RAW", i) ?? ""
                                )
                                : null,
                        Airmass = Sourced(Real("AIRMASS_HEADER", i), Word("AIRMASS_KEYWORD", i)),
                        Pointing =
                            knowsPointing && Real("POINTING_RA", i) is { } ra && Real("POINTING_DEC", i) is { } dec
                                ? new Sourced<SkyCoordinate>(new SkyCoordinate(ra, dec), Word("POINTING_FROM", i) ?? "", "")
                                : null,
                        PierSide = Word("FLIP", i) is { } side ? new Sourced<string>(side, "observation.fits", side) : null,
                        Binning =
                            isReference && Text(common, "BINNING") is { } binning
                                ? new Sourced<string>(binning, "observation.fits", binning)
                                : null,
                        PixelScaleArcsec = isReference ? Sourced(common.Real("SCALE"), null) : null,
                        ApertureDiameterMillimetres = isReference ? Sourced(common.Real("DIAMETER"), null) : null,
                    },
                    MidUtc = middle,
                    MidBarycentric = Date("BJD", i, TimeScale.Tdb),
                    MidHeliocentric = Date("HJD", i, TimeScale.Utc),
                    Airmass = Real("AIRMASS", i),
                    AirmassFrom = Word("AIRMASS_FROM", i),
                    Match = double.IsNaN(t[0])
                        ? null
                        : new FrameMatch(
                            new PlaneTransform(t[0], t[1], t[2], t[3], t[4], t[5]),
                            (int)(Real("MATCHED_STARS", i) ?? 0),
                            Real("MATCH_RESIDUAL", i) ?? double.NaN,
                            double.NaN,
                            []
                        ),
                    Profile = Real("FWHM", i) is { } fwhm
                        ? new FrameProfile(
                            Real("FWHM_X", i) ?? double.NaN,
                            Real("FWHM_Y", i) ?? double.NaN,
                            Real("FWHM_ANGLE", i) ?? double.NaN,
                            fwhm,
                            (int)(Real("FWHM_STARS", i) ?? 0)
                        )
                        : null,
                    Quality = Real("STARS_FOUND", i) is { } found
                        ? new FrameQuality
                        {
                            StarsFound = (int)found,
                            ShiftX = Real("SHIFT_X", i) ?? double.NaN,
                            ShiftY = Real("SHIFT_Y", i) ?? double.NaN,
                            RotationDegrees = Real("ROTATION", i) ?? double.NaN,
                            Transparency = Real("TRANSPARENCY", i) ?? double.NaN,
                        }
                        : null,
                    Scintillation = Real("SCINTILLATION", i),
                    Sky = Real("SKY", i),
                    Noise = Word("GAIN_FROM", i) is { } gainFrom
                        ? new FrameNoise(
                            new DetectorParameters(Real("GAIN", i), Real("READ_NOISE", i), Real("SATURATION", i), Real("LINEAR_LIMIT", i)),
                            gainFrom,
                            Word("READ_NOISE_FROM", i) ?? "unknown"
                        )
                        : null,
                    Sha256 = Word("SHA256", i),
                    StoppedBy = Word("STAGE", i),
                    Reason = Word("REASON", i),
                    IsUnusable = Word("FATE", i) == "unusable",
                }
            );
        }
        return rows;
    }

    /// <summary>The magnitudes of each star; null for a file of a version that had no table of them.</summary>
    private static ILookup<long, CatalogueMagnitude>? Magnitudes(FitsFile file)
    {
        if (file.Hdus.FirstOrDefault(h => h.Name == "MAGNITUDES") is not FitsTableHdu hdu)
        {
            return null;
        }
        FitsTable table = hdu.Read();
        (long[] star, string[] band, double[] value, double[] error) = (
            table.Integers("STAR"),
            table.Texts("BAND"),
            table.Reals("MAG"),
            table.Reals("MAG_ERROR")
        );
        return Enumerable
            .Range(0, table.RowCount)
            .ToLookup(i => star[i], i => Magnitude(ObservationFileText.Unescaped(band[i]), value[i], error[i]));
    }

    private static CatalogueMagnitude Magnitude(string? band, double value, double error) =>
        new(band ?? "", value, double.IsNaN(error) ? null : error);

    private static List<Star> Stars(FitsTable table, ILookup<long, CatalogueMagnitude>? magnitudes)
    {
        var stars = new List<Star>(table.RowCount);
        long[] id = table.Integers("ID");
        (double[] x, double[] y, double[] ra, double[] dec) = (table.Reals("X"), table.Reals("Y"), table.Reals("RA"), table.Reals("DEC"));
        (double[] mag, double[] magError) = (table.Reals("MAG"), table.Reals("MAG_ERROR"));
        (double[] flux, double[] peak) = (table.Reals("SOURCE_FLUX"), table.Reals("SOURCE_PEAK"));
        (string[] name, string[] role, string[] band) = (table.Texts("NAME"), table.Texts("ROLE"), table.Texts("BAND"));
        bool[] saturated = table.Logicals("SATURATED");
        for (int i = 0; i < table.RowCount; i++)
        {
            stars.Add(
                new Star((int)id[i], x[i], y[i])
                {
                    Position = double.IsNaN(ra[i]) ? null : new SkyCoordinate(ra[i], dec[i]),
                    Name = ObservationFileText.Unescaped(name[i]),
                    Role = Enum.TryParse(role[i], ignoreCase: true, out StarRole known) ? known : StarRole.Field,
                    Magnitudes =
                        magnitudes is not null ? new StarMagnitudes([.. magnitudes[id[i]]])
                        : double.IsNaN(mag[i]) ? StarMagnitudes.None
                        : StarMagnitudes.Of(Magnitude(ObservationFileText.Unescaped(band[i]), mag[i], magError[i])),
                    Flux = flux[i],
                    Peak = peak[i],
                    IsSaturated = saturated[i],
                }
            );
        }
        return stars;
    }

    private static Wcs? WcsOf(FitsHeader header)
    {
        double? Number(string keyword) =>
            header.Find(keyword) is { Kind: FitsValueKind.Integer or FitsValueKind.Real } ? header.Real(keyword) : null;
        return header.Contains("CTYPE1") && Wcs.TryRead(Number, header.Text, out Wcs? wcs, out _) ? wcs : null;
    }

    private static Sourced<double>? Sourced(double? value, string? from) =>
        value is { } v ? new Sourced<double>(v, from ?? "observation.fits", "") : null;

    private static string? Text(FitsHeader header, string keyword) => ObservationFileText.Unescaped(header.Text(keyword) ?? "");

    private static void Fill(FitsFile file, string path, string name, double[] values)
    {
        if (Image(file, path, name, values.Length) is { } image)
        {
            image.ReadRows(0, (int)image.RowCount, values);
        }
    }

    private static void Fill(FitsFile file, string path, string name, float[] values)
    {
        if (Image(file, path, name, values.Length) is { } image)
        {
            image.ReadRows(0, (int)image.RowCount, values);
        }
    }

    /// <summary>An extension that must have so many values; null where there are none.</summary>
    private static FitsImage? Image(FitsFile file, string path, string name, int length)
    {
        FitsImage image = Image(file, path, name);
        return image.PixelCount != length ? throw Bad(path, $"the extension {name} has {image.PixelCount} values instead of {length}")
            : length > 0 ? image
            : null;
    }

    private static void Flags(FitsFile file, string path, FluxQuality[] flags)
    {
        if (Image(file, path, "FLAGS", flags.Length) is { } image)
        {
            image.ReadRows(0, (int)image.RowCount, MemoryMarshal.Cast<FluxQuality, uint>(flags.AsSpan()));
        }
    }

    private static FitsColumn Column(FitsTable table, string name, string path) =>
        table.Contains(name) ? table.Column(name) : throw Bad(path, $"the table FRAMES has no column {name}");

    private static FitsTableHdu Table(FitsFile file, string path, string name) =>
        file.Hdus.FirstOrDefault(h => h.Name == name) as FitsTableHdu ?? throw Bad(path, $"there is no table {name}");

    private static FitsImage Image(FitsFile file, string path, string name) =>
        file.Hdus.FirstOrDefault(h => h.Name == name) as FitsImage ?? throw Bad(path, $"there is no extension {name}");

    private static AlbireoException Bad(string path, string what) =>
        new(Failure.Input, $"{path} cannot be used as the observation.fits of a reduction: {what}. Reduce the night again.");
}
