namespace Albireo.Pipeline.Products;

/// <summary>One column of a table that a command writes.</summary>
/// <param name="Name">snake_case.</param>
/// <param name="Unit">Of its values, or null.</param>
/// <param name="Values">int[], double[] (NaN = missing), string[] (empty = missing), bool[] or uint[] (flags: <paramref name="Names"/> says what the bits mean).</param>
/// <param name="Names">For flags: the names that are set, joined by |.</param>
public sealed record ProductColumn(string Name, string? Unit, Array Values, Func<uint, string>? Names = null)
{
    /// <summary>How numbers are written as text; null: all their digits.</summary>
    public string? Format { get; init; }

    /// <summary>The values as text where a double has not digits enough, as for dates; null: by <see cref="Format"/>.</summary>
    public string[]? Texts { get; init; }

    /// <summary>A column of flags.</summary>
    public static ProductColumn OfFlags(uint[] values, Func<uint, string> names) => new("flags", null, values, names);
}
