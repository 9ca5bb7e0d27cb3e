using System.Runtime.Intrinsics;
using Albireo.Science.Calibration;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

public sealed class SortingNetworkTests
{
    [Fact]
    public void Every_lane_is_sorted_and_few_values_in_registers_as_many_in_memory()
    {
        var random = new SeededRandom(31);
        Span<float> lanes = stackalloc float[Vector512<float>.Count];
        for (int count = 1; count <= 40; count++)
        {
            ushort[] pairs = SortingNetwork.Pairs(count);
            for (int trial = 0; trial < 20; trial++)
            {
                var values = new Vector512<float>[count];
                for (int i = 0; i < count; i++)
                {
                    foreach (ref float lane in lanes)
                    {
                        // Ties, zeros of both signs, infinities.
                        double v = Math.Round(2 * random.Normal());
                        lane = v > 3 ? float.PositiveInfinity : (float)(v * -1.0);
                    }
                    values[i] = Vector512.Create<float>(lanes);
                }
                var sorted = new Vector512<float>[count];
                SortingNetwork.Sort(values, sorted, pairs);
                Vector512<float>[] inMemory = [.. values];
                SortingNetwork.Sort(inMemory.AsSpan(), pairs);
                Assert.Equal(inMemory.Select(v => v.AsInt32()), sorted.Select(v => v.AsInt32()));
                SortingNetwork.Sort(values, values, pairs);
                Assert.Equal(sorted.Select(v => v.AsInt32()), values.Select(v => v.AsInt32()));
                for (int k = 0; k < lanes.Length; k++)
                {
                    float[] column = [.. sorted.Select(v => v[k])];
                    Assert.Equal(column.Order(), column);
                }
            }
        }
    }
}
