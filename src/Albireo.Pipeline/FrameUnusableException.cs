using System.Collections;
using System.Diagnostics;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline;

/// <summary>A frame that contradicts the night (another size, colour): its file cannot be used. The message is a sentence.</summary>
public sealed class FrameUnusableException(string message) : Exception(message);
