namespace Albireo.Science.Simulation;

/// <summary>What is particular to one light frame.</summary>
public sealed record FrameConditions
{
    /// <summary>Length of the exposure.</summary>
    public required double ExposureSeconds { get; init; }

    /// <summary>The picture of a star.</summary>
    public required PointSpread Psf { get; init; }

    /// <summary>Shift of the stars against the first frame, after the rotation, pixels.</summary>
    public double ShiftX { get; init; }

    /// <summary>Shift of the stars against the first frame, after the rotation, pixels.</summary>
    public double ShiftY { get; init; }

    /// <summary>Rotation about the frame's centre, from x towards y.</summary>
    public double RotationDegrees { get; init; }

    /// <summary>Whether the picture is mirrored left to right, before the rotation.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Middle of the exposure, counted from that of the first frame: objects that move are elsewhere.</summary>
    public double Hours { get; init; }

    /// <summary>Air masses above.</summary>
    public double Airmass { get; init; } = 1;

    /// <summary>What clouds let through.</summary>
    public double Transparency { get; init; } = 1;

    /// <summary>Sky brightness against the scene's.</summary>
    public double SkyFactor { get; init; } = 1;
}
