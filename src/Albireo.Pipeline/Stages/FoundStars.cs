using Albireo.Science.Background;
using Albireo.Science.Detection;

namespace Albireo.Pipeline.Stages;

/// <summary>What was found in one picture.</summary>
/// <param name="Background">Null where no sky is left between stars and masked pixels.</param>
/// <param name="Sources">Brightest first (peaks: highest first).</param>
/// <param name="Own">The method's own columns, in the order of the sources.</param>
public sealed record FoundStars(BackgroundMap? Background, IReadOnlyList<Source> Sources, IReadOnlyList<FoundColumn> Own);
