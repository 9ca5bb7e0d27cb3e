namespace Albireo.Pipeline.Instruments;

/// <summary>
/// The concepts of a frame and the keywords that hold them, in order of trust. A profile's <c>keywords</c> are keyed by these names
/// and come first.
/// </summary>
internal static class Concepts
{
    public const string Kind = "kind";
    public const string Exposure = "exposure";
    public const string Start = "start";
    public const string TimeOfDay = "time-of-day";
    public const string Filter = "filter";
    public const string Temperature = "temperature";
    public const string SetPoint = "set-point";
    public const string BinningX = "binning-x";
    public const string BinningY = "binning-y";
    public const string Gain = "gain";
    public const string GainSetting = "gain-setting";
    public const string OffsetSetting = "offset-setting";
    public const string ReadoutMode = "readout-mode";
    public const string ReadNoise = "read-noise";
    public const string Saturation = "saturation";
    public const string Object = "object";
    public const string RightAscension = "right-ascension";
    public const string Declination = "declination";
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string Height = "height";
    public const string Airmass = "airmass";
    public const string PixelScale = "pixel-scale";
    public const string ApertureDiameter = "aperture-diameter";
    public const string BayerPattern = "bayer-pattern";
    public const string PierSide = "pier-side";
    public const string Pedestal = "pedestal";
    public const string Overscan = "overscan";
    public const string Trim = "trim";
    public const string Axes = "axes";
    public const string Columns = "columns";
    public const string Rows = "rows";

    public static readonly IReadOnlyDictionary<string, string[]> Keywords = new Dictionary<string, string[]>
    {
        [Kind] = ["IMAGETYP", "OBSTYPE", "FRAME", "IMGTYPE", "DATA-TYP", "ESO DPR TYPE", "ESO DPR CATG"],
        [Exposure] = ["EXPTIME", "EXPOSURE", "XPOSURE", "EXP_TIME", "EXPOSED", "ITIME"],
        [Start] = ["DATE-BEG", "UT-OBS", "DATE-OBS", "MJD-BEG", "MJD-OBS", "JD", "DATE-AVG", "MJD-AVG"],
        [TimeOfDay] = ["TIME-OBS", "TIME", "UT", "UTSTART", "UT-START", "UT-OBS"],
        [Filter] = ["FILTER", "FILTERS", "FILTNAM"],
        [Temperature] = ["CCD-TEMP", "SET-TEMP", "TEMPERAT", "CCDATEMP", "DET-TEMP", "CAMTEMP"],
        [SetPoint] = ["SET-TEMP", "CCDSTEMP"],
        [BinningX] = ["XBINNING", "CCDXBIN"],
        [BinningY] = ["YBINNING", "CCDYBIN"],
        [Gain] = ["EGAIN", "CVF", "GAIN"],
        [GainSetting] = ["GAIN", "ISO", "ISOSPEED"],
        [OffsetSetting] = ["OFFSET"],
        [ReadoutMode] = ["READOUTM", "CONFMODE", "READMODE"],
        [ReadNoise] = ["RDNOISE", "READNOIS", "RON", "ENOISE"],
        [Saturation] = ["SATURATE", "MAXLIN", "DATAMAX", "SATLEVEL"],
        [Object] = ["OBJECT"],
        [RightAscension] = ["OBJCTRA", "RA"],
        [Declination] = ["OBJCTDEC", "DEC"],
        [Latitude] = ["OBSGEO-B", "SITELAT", "LAT-OBS", "LATITUDE"],
        [Longitude] = ["OBSGEO-L", "SITELONG", "LONG-OBS", "LONGITUD"],
        [Height] = ["OBSGEO-H", "SITEELEV", "ALT-OBS", "HEIGHT"],
        [Airmass] = ["AIRMASS"],
        [PixelScale] = ["SCALE", "PIXSCALE", "SECPIX", "IM_SCALE"],
        [ApertureDiameter] = ["APTDIA"],
        [BayerPattern] = ["BAYERPAT"],
        [PierSide] = ["PIERSIDE"],
        [Pedestal] = ["PEDESTAL"],
        [Overscan] = ["BIASSEC"],
        [Trim] = ["TRIMSEC", "DATASEC"],
        [Axes] = [],
        [Columns] = [],
        [Rows] = [],
    };
}
