namespace Albireo.Fits;

/// <summary>How bad a finding is.</summary>
public enum FitsSeverity
{
    /// <summary>Against the standard or suspicious; the data can be read.</summary>
    Warning,

    /// <summary>Data cannot be read or have changed.</summary>
    Error,
}
