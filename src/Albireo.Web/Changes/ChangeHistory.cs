namespace Albireo.Web.Changes;

/// <summary>What lies in OUT/.albireo/changes.json.</summary>
/// <param name="Picks">Stars that wait for a run, or null.</param>
/// <param name="Done">The latest last.</param>
/// <param name="Undone">What can be done again, the next last.</param>
public sealed record ChangeHistory(Picks? Picks, IReadOnlyList<ChangeStep> Done, IReadOnlyList<ChangeStep> Undone)
{
    public static ChangeHistory Empty { get; } = new(null, [], []);
}
