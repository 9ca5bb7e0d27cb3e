namespace Albireo.Web.Changes;

/// <summary>Stars that a run must measure before they count.</summary>
/// <param name="Frame">The frame that their places refer to; null: the reference frame of the observation.</param>
public sealed record Picks(string? Frame, Pick? Target, IReadOnlyList<Pick> Comparisons, Pick? Check);
