namespace Albireo.Science.Matching;

/// <summary>One star seen in both pictures.</summary>
/// <param name="Reference">Index in the reference's list.</param>
/// <param name="Frame">Index in the frame's list.</param>
public readonly record struct StarPair(int Reference, int Frame);
