namespace Albireo.Science.Images;

/// <summary>How brightness grows from black to white.</summary>
public enum StretchCurve
{
    /// <summary>In proportion.</summary>
    Linear,

    /// <summary>asinh(x / a) / asinh(1 / a), a = 0.1: linear at the faint end, logarithmic at the bright one (Lupton et al. 1999).</summary>
    Asinh,

    /// <summary>log(1 + 1000 x) / log(1001), as DS9 does it.</summary>
    Log,
}
