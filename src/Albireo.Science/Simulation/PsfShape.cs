namespace Albireo.Science.Simulation;

/// <summary>How a star's light is spread.</summary>
public enum PsfShape
{
    /// <summary>Moffat (1969): <c>(1 + r²/α²)^−β</c>, with wings as the atmosphere makes them.</summary>
    Moffat,

    /// <summary>Gaussian.</summary>
    Gaussian,
}
