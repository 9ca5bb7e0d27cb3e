using Albireo.Science.Background;
using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>All stars of a crowded frame, and how they were measured.</summary>
/// <param name="Stars">The given positions in their order; after them, or without any, the stars found, brightest first.</param>
/// <param name="Psf">The profile.</param>
/// <param name="Background">The sky, measured with the stars taken off.</param>
/// <param name="Residual">The frame less background and stars.</param>
/// <param name="ProfileStars">Stars that shaped the profile; 0 where a Moffat profile had to do.</param>
/// <param name="Hidden">Stars among them that showed only when others had been taken off.</param>
/// <param name="Merged">Found sources given up because they lay on a brighter one.</param>
/// <param name="TooFaint">Found sources given up because nothing was left of them.</param>
public sealed record CrowdedFieldResult(
    IReadOnlyList<PsfStar> Stars,
    PsfModel Psf,
    BackgroundMap Background,
    Image Residual,
    int ProfileStars,
    int Hidden,
    int Merged,
    int TooFaint
);
