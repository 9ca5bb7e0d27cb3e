using Albireo.Pipeline.Frames;

namespace Albireo.Tests.Frames;

public sealed class EarlyStartTests
{
    [Fact]
    public void The_rehearsed_headers_are_one_observation() => Assert.Equal(1, EarlyStart.CountObservations());

    /// <summary>It calls what a run calls only if it has stars to measure, blended ones among them.</summary>
    [Fact]
    public void Its_picture_has_stars_and_companions()
    {
        Assert.InRange(EarlyStart.CountStars(), 16, 24);
    }

    /// <summary>A picture less the master made of it leaves nothing: every step of calibration was taken.</summary>
    [Fact]
    public void Its_frames_are_read_stacked_and_calibrated()
    {
        Assert.Equal(0, EarlyStart.CalibratedSum(), 1e-3);
    }
}
