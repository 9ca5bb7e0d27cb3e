using Albireo.Science.Images;

namespace Albireo.Pipeline.Frames;

/// <summary>
/// A picture that is made when somebody asks for it: as a whole, or in bands of rows that stay in the processor's cache until the next
/// band takes their place. Passing a picture through memory takes longer than calibrating it.
/// </summary>
internal sealed class BandedImage
{
    private const int PixelsOfBand = 1 << 14;

    private readonly Workspace? workspace;
    private readonly string use = "";
    private readonly RowMaker? make;
    private readonly Func<Image>? place;
    private Image? whole;

    /// <param name="workspace">Whose memory it takes.</param>
    /// <param name="use">Name of the memory.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="make">Called with rows that follow one another.</param>
    /// <param name="place">Where the whole is made; null: in the workspace.</param>
    public BandedImage(Workspace workspace, string use, int width, int height, RowMaker make, Func<Image>? place = null)
    {
        (this.workspace, this.use, this.make, this.place) = (workspace, use, make, place);
        (Width, Height) = (width, height);
    }

    private BandedImage(Image whole)
    {
        this.whole = whole;
        (Width, Height) = (whole.Width, whole.Height);
    }

    public int Width { get; }
    public int Height { get; }

    /// <summary>Rows that are best made at once.</summary>
    public int RowsOfBand => Math.Clamp(PixelsOfBand / Width, 1, Height);

    /// <summary>All of it; made once.</summary>
    public Image Whole => whole ??= Make();

    /// <summary>A picture that is there.</summary>
    public static BandedImage Of(Image whole) => new(whole);

    /// <summary>Some rows, made again unless the whole is there. They are valid until the next ones are asked for.</summary>
    public Span<float> Rows(int first, int count)
    {
        if (whole is not null)
        {
            return whole.Rows(first, count);
        }
        Span<float> rows = workspace!.Values<float>(use + " rows", count * Width).AsSpan(0, count * Width);
        make!(first, count, rows);
        return rows;
    }

    private Image Make()
    {
        Image image = place?.Invoke() ?? workspace!.Image(use, Width, Height);
        for (int first = 0; first < Height; first += RowsOfBand)
        {
            int count = Math.Min(RowsOfBand, Height - first);
            make!(first, count, image.Rows(first, count));
        }
        return image;
    }
}
