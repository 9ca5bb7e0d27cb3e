namespace Albireo.Web;

/// <summary>What went wrong, for the page.</summary>
/// <param name="Error">One sentence.</param>
public sealed record Sentence(string Error);
