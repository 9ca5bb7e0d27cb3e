namespace Albireo.Web.Changes;

/// <summary>Which stars are to wait for the next run.</summary>
public sealed record PicksAsked(Picks? Picks = null);
