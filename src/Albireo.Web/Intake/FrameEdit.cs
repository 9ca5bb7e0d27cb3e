namespace Albireo.Web.Intake;

/// <summary>What the user says of one frame.</summary>
/// <param name="Id">Of the frame.</param>
/// <param name="Values">Keys of a frame in night.yaml (kind, filter, object, exposure, exclude, …); null takes a word back.</param>
public sealed record FrameEdit(string Id, IReadOnlyDictionary<string, string?> Values);
