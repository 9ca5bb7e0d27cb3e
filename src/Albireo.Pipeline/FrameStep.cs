using Albireo.Pipeline.Frames;

namespace Albireo.Pipeline;

/// <summary>One named step on a frame in memory. It returns the frame with what it found, or discarded with a reason.</summary>
/// <param name="Name">The stage's word: calibrate, detect, match, measure ….</param>
/// <param name="Work">Called on several threads at once, for different frames.</param>
public sealed record FrameStep(string Name, Func<Frame, Frame> Work);
