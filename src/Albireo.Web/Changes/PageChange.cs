using Albireo.Pipeline.Products;
using Albireo.Web.Curves;
using Albireo.Web.Intake;

namespace Albireo.Web.Changes;

/// <summary>A change as a page makes it; one of its parts is there.</summary>
public sealed record PageChange
{
    /// <summary>What is said of frames.</summary>
    public IReadOnlyList<FrameEdit>? Edits { get; init; }

    /// <summary>Other stars or settings of the curve.</summary>
    public CurveChange? Curve { get; init; }

    /// <summary>A fit with these settings.</summary>
    public IReadOnlyList<PageSetting>? Fit { get; init; }

    /// <summary>With <see cref="FitBefore"/>: a fit taken back, and the settings from before it.</summary>
    public IReadOnlyList<PageSetting>? ForgetFit { get; init; }

    /// <summary>The fit that was there before, or null.</summary>
    public FitText? FitBefore { get; init; }

    /// <summary>Whether <see cref="Picks"/> is the change: null takes all picks back.</summary>
    public bool IsPicks { get; init; }
    public Picks? Picks { get; init; }

    /// <summary>Folder of the observation that it is about, or null.</summary>
    public string? Observation { get; init; }

    /// <summary>What tells the measured stars apart from those of another run; null where their numbers do not matter.</summary>
    public string? Stars { get; init; }
}
