using Albireo.Pipeline.Runs;

namespace Albireo.Tests.Runs;

public sealed class EarlyCompilationTests
{
    /// <summary>It calls what a run calls only if it has stars to measure, blended ones among them.</summary>
    [Fact]
    public void Its_picture_has_stars_and_companions()
    {
        Assert.InRange(EarlyCompilation.Touch(), 16, 24);
    }
}
