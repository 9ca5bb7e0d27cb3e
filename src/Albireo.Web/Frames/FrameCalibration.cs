namespace Albireo.Web.Frames;

/// <summary>What the last run did to a frame.</summary>
/// <param name="IsKept">Whether its calibrated picture is in OUT.</param>
/// <param name="Removed">HISTORY of that picture: each master with its scale and SHA-256.</param>
/// <param name="Remarks">What was not as one would wish, a sentence each.</param>
public sealed record FrameCalibration(bool IsKept, IReadOnlyList<string> Removed, IReadOnlyList<string> Remarks);
