using Albireo.Web.Curves;

namespace Albireo.Web.Runs;

/// <summary>A reduction as a page asks for it. Null keeps what OUT remembers; an empty text takes it back.</summary>
/// <param name="Target"><c>X,Y</c> of the reference frame, <c>RA,DEC</c> or a name.</param>
/// <param name="Comparisons">In the same forms; empty: the program chooses.</param>
/// <param name="Reference">Name of the frame that positions refer to.</param>
/// <param name="TakesPicks">Whether the stars are those that waited for this run.</param>
/// <param name="Settings">Over those that OUT remembers, as for <c>--set</c>.</param>
public sealed record RunChange(
    string? Target = null,
    IReadOnlyList<string>? Comparisons = null,
    string? Check = null,
    string? Reference = null,
    string? Sky = null,
    string? Site = null,
    string? ObjectName = null,
    string? Filter = null,
    bool? KeepCalibrated = null,
    bool TakesPicks = false,
    IReadOnlyList<PageSetting>? Settings = null
);
