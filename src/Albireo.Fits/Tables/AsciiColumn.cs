namespace Albireo.Fits;

/// <summary>One column of a text table as TFORMn and its companions describe it.</summary>
internal sealed record AsciiColumn
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>A, I, F, E or D.</summary>
    public required char Code { get; init; }

    /// <summary>TFORM.</summary>
    public required string Format { get; init; }

    /// <summary>0-based place in the row.</summary>
    public required int Start { get; init; }

    public required int Width { get; init; }

    /// <summary>d of Fw.d: digits behind a point that is not written.</summary>
    public int Decimals { get; init; }

    public string? Null { get; init; }

    public double Scale { get; init; } = 1;

    public double Zero { get; init; }

    public string? Unit { get; init; }

    public string? Display { get; init; }

    public FitsColumnType Type =>
        Code switch
        {
            'A' => FitsColumnType.Text,
            'I' => FitsColumnType.Int64,
            _ => FitsColumnType.Double,
        };

    public Array NewArray(int rowCount) =>
        Code switch
        {
            'A' => Enumerable.Repeat("", rowCount).ToArray(),
            'I' => new long[rowCount],
            _ => new double[rowCount],
        };
}
