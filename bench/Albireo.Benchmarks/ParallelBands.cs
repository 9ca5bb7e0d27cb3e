using Albireo.Science.Images;

namespace Albireo.Benchmarks;

/// <summary>Bands on all cores.</summary>
internal sealed class ParallelBands : BandRunner
{
    protected override void RunBands(int count, Action<int> band) => Parallel.For(0, count, band);
}
