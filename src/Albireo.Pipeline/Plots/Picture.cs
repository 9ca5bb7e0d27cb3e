namespace Albireo.Pipeline.Plots;

/// <summary>A picture behind the data of a panel.</summary>
/// <param name="Png">The file's bytes.</param>
/// <param name="Left">x of the picture's left edge (−0.5 for a frame shown whole).</param>
/// <param name="Right">x of its right edge; below <paramref name="Left"/> if the picture is shown mirrored.</param>
/// <param name="Bottom">y of its lower edge.</param>
/// <param name="Top">y of its upper edge.</param>
public sealed record Picture(byte[] Png, double Left, double Right, double Bottom, double Top);
