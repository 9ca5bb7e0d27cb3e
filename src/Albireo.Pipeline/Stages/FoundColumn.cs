namespace Albireo.Pipeline.Stages;

/// <summary>A column that only one method of finding stars has.</summary>
/// <param name="Name">snake_case.</param>
/// <param name="Unit">Of its values, or null.</param>
/// <param name="Values">One a star.</param>
/// <param name="IsCount">Whether they are whole numbers.</param>
public sealed record FoundColumn(string Name, string? Unit, IReadOnlyList<double> Values, bool IsCount = false);
