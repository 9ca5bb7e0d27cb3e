using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>The sources of a picture's areas before their shape is measured: all of them, or the brightest.</summary>
internal static class BrightestParts
{
    private const int AreasPerTask = 16;

    /// <summary>
    /// What the areas hold, only the brightest where not all are wanted. The brightest areas go first: no source is brighter than
    /// the area that it lies in, so it ends when the next area could add nothing to the stars that are wanted.
    /// </summary>
    public static PooledList<SourcePart> Of(Segments segments, Func<PartCollector> collector, int wanted, BandRunner runner)
    {
        int[] order = BrightestFirst(segments, wanted);
        var parts = new PooledList<SourcePart>(1024);
        var idle = new Stack<PartCollector>();
        for (int begin = 0; begin < order.Length; )
        {
            int batch = wanted > 0 ? Math.Min(order.Length - begin, 2 * AreasPerTask) : order.Length;
            // In their places' order: what lies close together in the picture does so in memory.
            Array.Sort(order, begin, batch);
            var found = new PooledList<SourcePart>[(batch + AreasPerTask - 1) / AreasPerTask];
            ReadOnlyMemory<int> members = order.AsMemory(begin, batch);
            runner.Run(
                batch,
                AreasPerTask,
                (index, first, count) =>
                {
                    PartCollector areas = Take(idle) ?? collector();
                    var some = new PooledList<SourcePart>(2 * AreasPerTask);
                    foreach (int segment in members.Span.Slice(first, count))
                    {
                        areas.Collect(segment, some);
                    }
                    found[index] = some;
                    lock (idle)
                    {
                        idle.Push(areas);
                    }
                }
            );
            foreach (PooledList<SourcePart> some in found)
            {
                some.Items.CopyTo(parts.Extend(some.Count));
                some.Dispose();
            }
            begin += batch;
            if (wanted > 0 && begin < order.Length && CountFrom(parts.Items, segments.FluxOf(order[begin])) >= wanted)
            {
                break;
            }
        }
        foreach (PartCollector areas in idle)
        {
            areas.Dispose();
        }
        if (wanted > 0 && parts.Count > wanted)
        {
            KeepBrightest(parts, wanted);
        }
        return parts;
    }

    private static PartCollector? Take(Stack<PartCollector> idle)
    {
        lock (idle)
        {
            return idle.TryPop(out PartCollector? free) ? free : null;
        }
    }

    private static int CountFrom(ReadOnlySpan<SourcePart> parts, double flux)
    {
        int count = 0;
        foreach (ref readonly SourcePart part in parts)
        {
            count += part.Flux >= flux ? 1 : 0;
        }
        return count;
    }

    /// <summary>Keeps those of highest flux in their order; of equally bright ones the first.</summary>
    private static void KeepBrightest(PooledList<SourcePart> parts, int wanted)
    {
        Span<SourcePart> items = parts.Items;
        double[] fluxes = new double[items.Length];
        for (int i = 0; i < fluxes.Length; i++)
        {
            fluxes[i] = items[i].Flux;
        }
        double faintest = Selection.Ranked<double>(fluxes, fluxes.Length - wanted).Value;
        int equal = wanted - (fluxes.Length - Selection.CountUpTo<double>(fluxes, faintest));
        int kept = 0;
        for (int i = 0; i < fluxes.Length; i++)
        {
            if (fluxes[i] > faintest || (fluxes[i] == faintest && equal-- > 0))
            {
                items[kept++] = items[i];
            }
        }
        parts.Truncate(kept);
    }

    /// <summary>The areas by falling flux where only the brightest are wanted, else in their own order.</summary>
    private static int[] BrightestFirst(Segments segments, int wanted)
    {
        int[] order = new int[segments.Count];
        double[] keys = new double[wanted > 0 ? order.Length : 0];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = -segments.FluxOf(i);
        }
        if (wanted > 0)
        {
            Array.Sort(keys, order);
        }
        return order;
    }
}
