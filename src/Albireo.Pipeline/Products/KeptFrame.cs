namespace Albireo.Pipeline.Products;

/// <summary>What is remembered of a calibrated frame that lies in OUT.</summary>
/// <param name="Name">Path of the product in OUT.</param>
/// <param name="Key">Hash of all that it depends on.</param>
/// <param name="Sums">CHECKSUM of each HDU.</param>
/// <param name="Sha256">Of the raw file.</param>
/// <param name="Remarks">What was said of the frame.</param>
internal sealed record KeptFrame(string Name, string Key, string Sums, string? Sha256, IReadOnlyList<string> Remarks) : IKeptProduct;
