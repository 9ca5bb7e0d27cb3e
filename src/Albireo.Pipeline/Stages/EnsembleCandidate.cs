using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Stages;

/// <summary>The curve in one aperture.</summary>
/// <param name="Curve">Target over ensemble, not normalised.</param>
/// <param name="Check">Check star over ensemble, or null.</param>
/// <param name="Comparisons">Stars of the ensemble.</param>
/// <param name="Weights">What each one's flux is multiplied by.</param>
internal sealed record EnsembleCandidate(DifferentialCurve Curve, DifferentialCurve? Check, int[] Comparisons, double[] Weights);
