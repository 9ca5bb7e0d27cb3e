using Albireo.Pipeline.Stages;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Frames;

/// <summary>What lies between a raw frame and the calibrated one; kept on request.</summary>
/// <param name="BeforeFlat">Bias and dark removed, not yet divided by the flat; mirrored as the calibrated picture is.</param>
/// <param name="Provenance">What was done to it, for HISTORY.</param>
/// <param name="Cuts">Masters that were cut for this sub-frame.</param>
public sealed record CalibrationSteps(Image BeforeFlat, IReadOnlyList<string> Provenance, IReadOnlyList<Master> Cuts);
