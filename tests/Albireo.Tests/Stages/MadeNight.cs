using Albireo.Fits;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Stages;

/// <summary>A folder of small frames of one level each, with the headers that a test needs.</summary>
internal sealed class MadeNight(string folder)
{
    private int minutes;
    private ulong seed = 900;

    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>Writes name-1.fits, name-2.fits …: 16 × 12 pixels of a level with Gaussian noise.</summary>
    public void Add(
        string name,
        int count,
        string kind,
        int level,
        double seconds,
        string? filter = null,
        double noise = 0,
        int width = 16,
        int height = 12,
        string date = "2024-03-01",
        string[]? cards = null
    )
    {
        for (int i = 1; i <= count; i++)
        {
            var random = new SeededRandom(seed++);
            var pixels = new ushort[width * height];
            for (int p = 0; p < pixels.Length; p++)
            {
                pixels[p] = (ushort)Math.Clamp(Math.Round(level + (noise * random.Normal())), 0, 65535);
            }
            var header = new FitsHeader();
            header.Set("IMAGETYP", kind);
            header.Set("EXPTIME", seconds);
            header.Set("DATE-OBS", $"{date}T{20 + (minutes / 60):00}:{minutes % 60:00}:00");
            minutes++;
            if (filter is not null)
            {
                header.Set("FILTER", filter);
            }
            foreach (string card in cards ?? [])
            {
                (string keyword, string value) = (card.Split('=')[0], card.Split('=')[1]);
                if (double.TryParse(value, out double number))
                {
                    header.Set(keyword, number);
                }
                else
                {
                    header.Set(keyword, value);
                }
            }
            using FitsOutput output = FitsOutput.Create(Path.Combine(Folder, $"{name}-{i}.fits"));
            output.AddImage(header, [height, width], (ReadOnlySpan<ushort>)pixels);
            output.Commit();
        }
    }
}
