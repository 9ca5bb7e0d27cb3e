namespace Albireo.Pipeline.Inventory;

/// <summary>A value with where it came from, so that a user can see why a frame was taken for a dark or dated as it was.</summary>
/// <param name="Value">What the program uses.</param>
/// <param name="From">The keyword (<c>UT-OBS</c>, <c>DATE-OBS+TIME-OBS</c>), or <c>profile</c>, <c>night.yaml</c>, <c>file name</c> ….</param>
/// <param name="Raw">The text as it stood there.</param>
public sealed record Sourced<T>(T Value, string From, string Raw);
