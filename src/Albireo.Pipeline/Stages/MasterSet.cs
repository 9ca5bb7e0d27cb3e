using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>What is removed from one light, with a sentence for everything that is not as one would wish.</summary>
public sealed record MasterSet(Master? Bias, Master? Dark, double DarkScale, Master? Flat, IReadOnlyList<string> Remarks);
