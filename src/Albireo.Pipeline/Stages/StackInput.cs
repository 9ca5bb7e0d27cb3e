using System.Security.Cryptography;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>A frame of a stack that passed the first look.</summary>
/// <param name="Info">The file.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Level">Median after bias and dark were removed, ADU.</param>
public sealed record StackInput(FrameInfo Info, string Sha256, double Level);
