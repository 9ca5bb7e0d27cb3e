using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stars;

/// <summary>What a star is measured for.</summary>
public enum StarRole
{
    /// <summary>In the field; may become a comparison later.</summary>
    Field,
    Target,
    Comparison,
    Check,
}
