using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Albireo.Tests.Support;
using Albireo.Tests.Web;

namespace Albireo.NightTests.Workbench;

/// <summary>Frames of 8192 × 8192 pixels in the viewer: what they take is reported, that every saturated pixel is shown is asserted.</summary>
[Collection(BrowserTests.Name)]
public sealed class LargeFrameTests(Chromium chromium) : IDisposable
{
    private const int Side = 8192;
    private const int SaturatedBox = 300; // 90 000 pixels
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_frame_of_8192_pixels_a_side_is_shown_panned_and_zoomed()
    {
        string night = Night();
        await using OpenWorkbench open = await OpenWorkbench.Start(night, scratch.At("out"), opens: false);
        await using WorkbenchPage page = await chromium.Open(open.Links.Last());
        await page.Shown("large-1");
        double first = await page.Page.EvaluateAsync<double>("() => performance.now()");
        double reading = await page.Page.EvaluateAsync<double>(
            "() => performance.getEntriesByType('resource').find(r => r.name.includes('/picture')).duration"
        );
        var told = new List<string> { Milliseconds("first view", first), Milliseconds("of which reading the file", reading) };

        // Zooming in step by step, so that every level of reduction is asked for, then about at full size.
        (string What, string[] Keys)[] moves =
        [
            ("zoom in", ["+", "+", "+", "+", "+", "+", "z"]),
            ("pan", ["Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowLeft", "Shift+ArrowDown", "Shift+ArrowRight"]),
            ("zoom out", ["-", "-", "-", "-", "-", "0"]),
        ];
        foreach ((string what, string[] keys) in moves)
        {
            var times = new List<double>();
            foreach (string key in keys)
            {
                times.Add(await Timed(page, key, "view"));
            }
            told.Add(Milliseconds(what, [.. times]));
        }
        await page.Settled();
        await page.Until("performance.getEntriesByType('resource').some(r => r.name.includes('/tiles/') && r.responseEnd > 0)");
        told.Add(Milliseconds("switch", await Timed(page, "ArrowRight", "frame"), await Timed(page, "ArrowLeft", "frame")));
        string report = string.Join("; ", told);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        string folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "large-frame-times.txt"), report + "\n");

        // All of the saturated pixels are marked, however many they are.
        await page.Press("o");
        await page.Says($"{SaturatedBox * SaturatedBox} pixels are saturated");
        await page.Settled();
        await page.Until(RedPixels + " > 400"); // 300 of 8192 pixels a side are some 27 × 27 on the screen
        await page.Keep("large-1-saturated");
    }

    private const string RedPixels = """
        (() => {
          const c = document.querySelector('.sky canvas');
          const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
          let red = 0;
          for (let i = 0; i < d.length; i += 4) if (d[i] > 200 && d[i + 1] < 100 && d[i + 2] < 100) red++;
          return red;
        })()
        """;

    /// <summary>Milliseconds from a keystroke until the canvas shows its effect in full.</summary>
    private static async Task<double> Timed(WorkbenchPage page, string key, string what)
    {
        string start = $$"""
            () => {
              const canvas = document.querySelector('.sky canvas');
              const before = canvas.dataset.{{what}};
              window.timed = new Promise(done => window.addEventListener('keydown', async () => {
                const start = performance.now();
                while (canvas.dataset.{{what}} === before || !canvas.dataset.frame) await new Promise(r => setTimeout(r, 0));
                done(performance.now() - start);
              }, { once: true, capture: true }));
            }
            """;
        await page.Page.EvaluateAsync(start);
        await page.Press(key);
        return await page.Page.EvaluateAsync<double>("() => window.timed");
    }

    private static string Milliseconds(string what, params double[] times) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {times.Order().ElementAt(times.Length / 2):F0} ms")
        + (times.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" (worst {times.Max():F0} ms)") : "");

    /// <summary>Two frames of unsigned 16-bit counts in one folder that is written once and used again.</summary>
    private static string Night()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "albireo-large-frames")).FullName;
        for (int frame = 1; frame <= 2; frame++)
        {
            string path = Path.Combine(folder, $"large-{frame}.fits");
            if (!File.Exists(path))
            {
                string part = path + ".part";
                Write(part, frame);
                File.Move(part, path);
            }
        }
        return folder;
    }

    private static void Write(string path, int frame)
    {
        string[] cards =
        [
            "SIMPLE  =                    T",
            "BITPIX  =                   16",
            "NAXIS   =                    2",
            $"NAXIS1  = {Side, 20}",
            $"NAXIS2  = {Side, 20}",
            "BZERO   =                32768",
            "BSCALE  =                    1",
            "IMAGETYP= 'light   '",
            "EXPTIME =                 30.0",
            "SATURATE=                60000",
            $"DATE-OBS= '2025-05-30T04:{frame:00}:00'",
            "END",
        ];
        using FileStream file = File.Create(path);
        byte[] header = Encoding.ASCII.GetBytes(string.Concat(cards.Select(c => c.PadRight(80))).PadRight(2880));
        file.Write(header);
        byte[] row = new byte[2 * Side];
        uint state = (uint)frame;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                state = (state * 1664525) + 1013904223;
                bool isStar = x % 512 < 6 && y % 512 < 6;
                bool isSaturated = x is >= 6000 and < 6000 + SaturatedBox && y is >= 6000 and < 6000 + SaturatedBox;
                int value = isSaturated ? 65000 : (int)(1000 + (state >> 26) + (isStar ? 5000 : 0));
                BinaryPrimitives.WriteInt16BigEndian(row.AsSpan(2 * x), (short)(value - 32768));
            }
            file.Write(row);
        }
        file.Write(new byte[(2880 - (int)(file.Position % 2880)) % 2880]);
    }
}
