using Albireo.Web.Curves;

namespace Albireo.Web.Exports;

/// <summary>An export as a page asks for it.</summary>
/// <param name="Format">A name of ExportFormats.</param>
/// <param name="Settings">export.observer and so on.</param>
public sealed record ExportAsked(string Format, IReadOnlyList<PageSetting>? Settings = null);
