namespace Albireo.Web.Changes;

/// <summary>A star that was pointed at.</summary>
/// <param name="Id">Its number where it was measured, or null.</param>
/// <param name="X">Column on the reference frame.</param>
/// <param name="Y">Row on the reference frame.</param>
public sealed record Pick(int? Id, double X, double Y);
