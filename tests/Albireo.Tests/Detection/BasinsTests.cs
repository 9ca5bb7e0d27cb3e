using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

/// <summary>Peaks, basins and saddles against their definitions, pixel by pixel. One instance sees all areas.</summary>
public sealed class BasinsTests : IDisposable
{
    private readonly Basins basins = new();

    public void Dispose() => basins.Dispose();

    [Fact]
    public void Every_pixel_belongs_to_the_peak_that_its_brightest_neighbours_lead_to()
    {
        int most = 0;
        foreach (Area area in Areas())
        {
            int[] peaks = [.. area.BrightestFirst(area.Cells.Where(c => area.Brighter(c).Length == 0))];
            Assert.Equal(peaks, Enumerable.Range(0, basins.Count).Select(basins.Peak));
            foreach (int cell in area.Cells)
            {
                int at = cell;
                while (area.Brighter(at) is { Length: > 0 } brighter)
                {
                    at = area.BrightestFirst(brighter).First();
                }
                Assert.Equal(Array.IndexOf(peaks, at), basins.Of(cell));
                Assert.Equal(area.HeightOf(cell), basins.Height(cell));
            }
            most = Math.Max(most, peaks.Length);
        }
        Assert.True(most > 10);
    }

    [Fact]
    public void Saddles_have_a_brighter_neighbour_in_another_basin()
    {
        int seen = 0;
        foreach (Area area in Areas())
        {
            IEnumerable<int> saddles = area.Cells.Where(c => area.Brighter(c).Any(o => basins.Of(o) != basins.Of(c)));
            Assert.Equal(area.BrightestFirst(saddles), Enumerable.Range(0, basins.SaddleCount).Select(basins.Saddle));
            seen += basins.SaddleCount;
        }
        Assert.True(seen > 100);
    }

    [Fact]
    public void The_brighter_neighbours_of_a_pixel_come_in_the_order_of_the_cells()
    {
        foreach (Area area in Areas())
        {
            foreach (int cell in area.Cells)
            {
                var found = new List<int>();
                for (uint rest = basins.Before(cell); rest != 0; rest &= rest - 1)
                {
                    found.Add(basins.First(rest, cell));
                    Assert.True(basins.IsBefore(found[^1], cell));
                    Assert.False(basins.IsBefore(cell, found[^1]));
                }
                Assert.Equal(area.Brighter(cell), found);
            }
        }
    }

    [Fact]
    public void The_cells_of_all_basins_are_those_of_the_area()
    {
        foreach (Area area in Areas())
        {
            for (int basin = 0; basin < basins.Count; basin++)
            {
                Assert.Equal(area.Cells.Where(c => basins.Of(c) == basin), basins.CellsOf(basin).ToArray());
            }
        }
    }

    [Fact]
    public void A_plateau_has_one_peak_its_first_pixel()
    {
        using Segments segments = Landscapes.Areas(
            new float[,]
            {
                { 0, 2, 2, 0 },
                { 2, 2, 2, 2 },
                { 1, 2, 2, 1 },
            },
            noise: 3
        );
        Assert.Equal((18.0, 1f, 3f), basins.Lay(segments, 0));
        basins.Fill();
        Assert.Equal((1, 0), (basins.Count, basins.SaddleCount));
        Assert.Equal(basins.CellOf(segments.Runs[0]), basins.Peak(0));
        Assert.Equal(10, basins.CellsOf(0).Length);
    }

    /// <summary>Areas of random pictures, with and without plateaus, laid out and filled.</summary>
    private IEnumerable<Area> Areas()
    {
        var random = new SeededRandom(2027);
        for (int trial = 0; trial < 12; trial++)
        {
            float[,] picture = Landscapes.Picture(random, width: 20 + (5 * trial), height: 30, isCoarse: trial % 3 == 0);
            using Segments segments = Landscapes.Areas(picture, noise: 1);
            for (int area = 0; area < segments.Count; area++)
            {
                List<(int X, int Y)> pixels = Landscapes.Pixels(segments, area);
                (double total, float lowest, float noise) = basins.Lay(segments, area);
                Assert.Equal(pixels.Sum(p => (double)picture[p.Y, p.X]), total, 1e-9 * total);
                Assert.Equal((pixels.Min(p => picture[p.Y, p.X]), 1f), (lowest, noise));
                basins.Fill();
                int[] runs = segments.RunsOf(area).ToArray();
                int[] cells = [.. runs.SelectMany(r => Enumerable.Range(basins.CellOf(segments.Runs[r]), segments.Runs[r].Length))];
                yield return new Area(picture, pixels, cells);
            }
        }
    }

    private sealed class Area(float[,] picture, List<(int X, int Y)> pixels, int[] cells)
    {
        private readonly Dictionary<(int X, int Y), int> cellAt = pixels.Zip(cells).ToDictionary(p => p.First, p => p.Second);
        private readonly Dictionary<int, (int X, int Y)> pixelOf = cells.Zip(pixels).ToDictionary(p => p.First, p => p.Second);

        /// <summary>In row and column order.</summary>
        public int[] Cells => cells;

        public float HeightOf(int cell) => picture[pixelOf[cell].Y, pixelOf[cell].X];

        public IEnumerable<int> BrightestFirst(IEnumerable<int> some) => some.OrderByDescending(HeightOf).ThenBy(c => c);

        /// <summary>Neighbours that are brighter, or as bright and earlier.</summary>
        public int[] Brighter(int cell)
        {
            (int x, int y) = pixelOf[cell];
            return
            [
                .. Enumerable
                    .Range(0, 9)
                    .Where(k => k != 4 && cellAt.ContainsKey((x + (k % 3) - 1, y + (k / 3) - 1)))
                    .Select(k => cellAt[(x + (k % 3) - 1, y + (k / 3) - 1)])
                    .Where(o => HeightOf(o) > HeightOf(cell) || (HeightOf(o) == HeightOf(cell) && o < cell)),
            ];
        }
    }
}
