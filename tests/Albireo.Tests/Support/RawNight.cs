using Albireo.Fits;
using Albireo.Science.Images;

namespace Albireo.Tests.Support;

/// <summary>A folder of raw frames made by hand, pixel by pixel, and what <c>albireo calibrate</c> makes of it.</summary>
public sealed class RawNight : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private int minute;

    public RawNight() => Directory.CreateDirectory(Folder);

    public string Folder => scratch.At("night");
    public string Output => scratch.At("out");

    public string At(string name) => scratch.At(name);

    /// <summary>Writes one frame of whole numbers.</summary>
    /// <param name="name">File name without .fits.</param>
    /// <param name="kind">IMAGETYP.</param>
    /// <param name="seconds">EXPTIME.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixel">Counts at x, y.</param>
    /// <param name="cards">More of the header; text or number.</param>
    public void Add(
        string name,
        string kind,
        double seconds,
        int width,
        int height,
        Func<int, int, double> pixel,
        params (string Keyword, object Value)[] cards
    )
    {
        var header = new FitsHeader();
        header.Set("IMAGETYP", kind);
        header.Set("EXPTIME", seconds);
        header.Set("DATE-OBS", $"2024-03-01T20:{minute++:00}:00");
        if (kind is "light" or "flat")
        {
            header.Set("FILTER", "R");
        }
        foreach ((string keyword, object value) in cards)
        {
            if (value is string text)
            {
                header.Set(keyword, text);
            }
            else
            {
                header.Set(keyword, Convert.ToDouble(value));
            }
        }
        var counts = new ushort[width * height];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = checked((ushort)Math.Round(pixel(i % width, i / width)));
        }
        using FitsOutput output = FitsOutput.Create(Path.Combine(Folder, name + ".fits"));
        output.AddImage(header, [height, width], (ReadOnlySpan<ushort>)counts);
        output.Commit();
    }

    public AlbireoRun Calibrate(params string[] settings) => Run("calibrate", settings);

    /// <summary>Runs a command on the night with settings <c>stage.option=value</c>.</summary>
    public AlbireoRun Run(string command, params string[] settings) =>
        AlbireoRun.Of([command, Folder, "-o", Output, .. settings.SelectMany(s => (string[])["--set", s])]);

    /// <summary>A picture of a product; the primary one or the extension of a name.</summary>
    public Image Picture(string product, string? extension = null)
    {
        using FitsFile file = FitsFile.Open(Path.Combine(Output, product));
        FitsImage hdu = extension is null ? (FitsImage)file.Hdu(0) : file.Hdus.OfType<FitsImage>().Single(h => h.Name == extension);
        var image = new Image(hdu.Width, hdu.Height);
        hdu.ReadRows(0, hdu.Height, image.Pixels);
        return image;
    }

    /// <summary>How many HDUs a product has.</summary>
    public int Hdus(string product)
    {
        using FitsFile file = FitsFile.Open(Path.Combine(Output, product));
        return file.Hdus.Count;
    }

    public FitsHeader Header(string product)
    {
        using FitsFile file = FitsFile.Open(Path.Combine(Output, product));
        return file.Hdu(0).Header.Clone();
    }

    /// <summary>The HISTORY of a product, one text.</summary>
    public string History(string product) => string.Join('\n', Header(product).Where(c => c.Keyword == "HISTORY").Select(c => c.Comment));

    public void Dispose() => scratch.Dispose();
}
