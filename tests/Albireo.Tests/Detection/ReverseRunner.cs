using Albireo.Science.Images;

namespace Albireo.Tests.Detection;

/// <summary>Runs bands backwards and on several threads: what any runner may do.</summary>
internal sealed class ReverseRunner : BandRunner
{
    protected override void RunBands(int count, Action<int> band) => Parallel.For(0, count, i => band(count - 1 - i));
}
