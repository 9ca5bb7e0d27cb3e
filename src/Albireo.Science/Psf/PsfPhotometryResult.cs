using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>All stars of a frame and what is left of it.</summary>
/// <param name="Stars">In the order given.</param>
/// <param name="Residual">The frame less background and stars.</param>
public sealed record PsfPhotometryResult(IReadOnlyList<PsfStar> Stars, Image Residual);
