namespace Albireo.Fits;

/// <summary>The three parts of a card.</summary>
internal sealed record ParsedValue(FitsValueKind Kind, string? Value, string? Comment);
