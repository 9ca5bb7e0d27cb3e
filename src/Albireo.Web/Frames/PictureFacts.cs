namespace Albireo.Web.Frames;

/// <summary>What a page needs to know before it asks for tiles.</summary>
/// <param name="Version">Goes with every request for a tile; another one when the file has changed.</param>
/// <param name="Levels">Reductions by 1, 2, 4 …; the last one fits into one tile.</param>
/// <param name="Linear">How codes become values; see <c>FramePicture</c>.</param>
/// <param name="Percentiles">At 1, 16, 50, 84, 99 and 99.9 %.</param>
/// <param name="ZScale">IRAF's limits.</param>
/// <param name="Saturation">Raw counts from which a pixel is saturated, or null.</param>
/// <param name="SaturationFrom">Who says so.</param>
/// <param name="HasCalibrated">Whether the other layer can be had.</param>
/// <param name="Changed">A sentence if the file is another one than was measured, or null.</param>
public sealed record PictureFacts(
    string Id,
    string Name,
    bool Calibrated,
    string Version,
    int Width,
    int Height,
    int TileSize,
    int Levels,
    bool Linear,
    double Zero,
    double Scale,
    double First,
    double Last,
    double Least,
    double Greatest,
    double[] Percentiles,
    double[] ZScale,
    double? Saturation,
    string? SaturationFrom,
    bool HasCalibrated,
    string? Changed
);
