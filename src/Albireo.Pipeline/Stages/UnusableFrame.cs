using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>A file of the night that could not be used, and why.</summary>
public sealed record UnusableFrame(FrameInfo Info, string Stage, string Reason);
