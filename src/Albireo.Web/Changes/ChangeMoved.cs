namespace Albireo.Web.Changes;

/// <summary>What was taken back or done again.</summary>
/// <param name="Label">Of the step; null where there is none.</param>
public sealed record ChangeMoved(string? Label);
