namespace Albireo.Web.Changes;

/// <summary>Something that was done and can be taken back.</summary>
/// <param name="Label">What a page calls it.</param>
public sealed record ChangeStep(string Label, PageChange Undo, PageChange Redo);
