namespace Albireo.Benchmarks.Startup;

/// <summary>A type as the runtime prints it: <c>System.ValueTuple`2[System.Int32,System.__Canon]</c>, nested types after a +.</summary>
internal sealed record TypeName(string Name, TypeName[] Arguments)
{
    public static TypeName Parse(string text)
    {
        int open = text.IndexOf('[', StringComparison.Ordinal);
        return open < 0 ? new TypeName(text, []) : new TypeName(text[..open], [.. Split(text[(open + 1)..^1]).Select(Parse)]);
    }

    /// <summary>The parts between commas, but for those within brackets; none of an empty text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth +=
                text[i] is '[' or '<' or '(' ? 1
                : text[i] is ']' or '>' or ')' ? -1
                : 0;
            if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }
        return text.Length == 0 ? parts : [.. parts, text[start..]];
    }

    public override string ToString() => Arguments.Length == 0 ? Name : $"{Name}[{string.Join<TypeName>(',', Arguments)}]";
}
