namespace Albireo.Science.Background;

/// <summary>No box of a mesh has enough good pixels: the frame has no measurable sky.</summary>
public sealed class EmptyBackgroundException(int boxes, double excludePercentile)
    : Exception(
        $"No sky: each of the {boxes} background boxes has more than {excludePercentile} % of its pixels masked, clipped or undefined."
    );
