using System.Numerics;
using Albireo.Fits;

namespace Albireo.Tests.Fits;

internal static class SampleTables
{
    /// <summary>A column of every type.</summary>
    public static FitsTable Everything()
    {
        const int Rows = 5;
        var table = new FitsTable(Rows);
        table.Add("flag", new[] { true, false, true, true, false });
        table.AddBits("bits", Enumerable.Range(0, Rows * 11).Select(i => i % 3 == 0).ToArray(), repeat: 11);
        table.Add("b", new byte[] { 0, 1, 2, 254, 255 });
        table.Add("sb", new sbyte[] { -128, -1, 0, 1, 127 });
        table.Add("i", new short[] { short.MinValue, -1, 0, 1, short.MaxValue }, unit: "adu");
        table.Add("u", new ushort[] { 0, 1, 2, 32768, ushort.MaxValue });
        table.Add("j", new[] { int.MinValue, -1, 0, 1, int.MaxValue }, @null: -1);
        table.Add("uj", new uint[] { 0, 1, 2, 3, uint.MaxValue });
        table.Add("k", new[] { long.MinValue, -1, 0, 1, long.MaxValue });
        table.Add("uk", new ulong[] { 0, 1, 2, 3, ulong.MaxValue });
        table.Add("e", Enumerable.Range(0, Rows * 6).Select(i => i / 3f).ToArray(), repeat: 6, dimensions: [2, 3]);
        table.Add("d", new[] { 1.5, double.NaN, 1e300, -0.0, double.Epsilon });
        table.AddComplexSingle("c", Enumerable.Range(0, Rows).Select(i => new Complex(i, -i)).ToArray());
        table.Add("m", Enumerable.Range(0, Rows).Select(i => new Complex(i / 3.0, -i)).ToArray());
        table.Add("name", ["a", "", "long name", "e~", "z"]);
        table.Add("pair", ["a", "b", "cc", "d", "", "f", "g", "h", "i", "jjj"], repeat: 2);
        table.AddVariable("v", new double[][] { [], [1], [1, 2, 3], [], [5, 6] });
        table.AddVariable("w", new byte[][] { [1, 2, 3], [], [], [4], [5, 6] });
        table.AddScaled("s", new short[] { -32768, 0, 1, 2, 3 }, 0.5, 10, @null: -32768);
        return table;
    }

    /// <summary>What a text table can hold.</summary>
    public static FitsTable Plain()
    {
        var table = new FitsTable(4);
        table.Add("name", ["alpha", "", "c d", "x"]);
        table.Add("count", new long[] { 1, -22, long.MaxValue, long.MinValue });
        table.Add("value", new[] { 1.5, double.NaN, -1e300, 0.1 }, unit: "mag");
        return table;
    }
}
