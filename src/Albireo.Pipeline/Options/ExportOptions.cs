namespace Albireo.Pipeline.Options;

/// <summary>What other people's formats ask for and no frame can tell.</summary>
public sealed record ExportOptions
{
    /// <summary>Observer code (AAVSO).</summary>
    public string? Observer { get; init; }

    /// <summary>Codes of fellow observers (AAVSO).</summary>
    public IReadOnlyList<string> SecondaryObservers { get; init; } = [];

    /// <summary>Name of the star; not given: the name in <c>--stars</c>, else the headers' OBJECT.</summary>
    public string? Star { get; init; }

    /// <summary>Name of the planet; not given: the one that was fitted.</summary>
    public string? Planet { get; init; }

    /// <summary>Filter in the words of the format (AAVSO: V, TG, CV, SR …); not given: what the headers say, if that is such a word.</summary>
    public string? Filter { get; init; }

    /// <summary>Chart or sequence that the comparison magnitudes come from (AAVSO).</summary>
    public string? Chart { get; init; }
    public string? Notes { get; init; }

    /// <summary>Whether magnitudes are transformed to the standard system (AAVSO's TRANS).</summary>
    public bool Transformed { get; init; }

    /// <summary>Dates of AAVSO's extended format.</summary>
    public ExportDate Date { get; init; }

    /// <summary>What DS9's circles are counted in.</summary>
    public RegionFrame Region { get; init; }
}
