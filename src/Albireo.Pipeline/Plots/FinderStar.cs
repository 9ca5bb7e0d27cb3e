namespace Albireo.Pipeline.Plots;

/// <summary>A star to be marked on a picture.</summary>
/// <param name="X">Column, 0 = centre of the first.</param>
/// <param name="Y">Row.</param>
/// <param name="Label">What is written beside it (<c>T</c>, <c>C1</c>, <c>#12</c>), or null.</param>
/// <param name="Role">Chooses its colour.</param>
public sealed record FinderStar(double X, double Y, string? Label, FinderRole Role = FinderRole.Other);
