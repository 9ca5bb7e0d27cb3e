namespace Albireo.Pipeline.Products;

/// <summary>What is remembered of a master that lies in OUT, beside what its frames say.</summary>
/// <param name="Name">File name of the product.</param>
/// <param name="Key">Hash of all that it depends on.</param>
/// <param name="Sha256">Of the product; another one is not taken.</param>
/// <param name="Like">Path of the first frame in it.</param>
/// <param name="Frames">How many are in it.</param>
/// <param name="HoldsBias">Dark: whether the bias is in it.</param>
/// <param name="FreedOf">Dark: the product that its bias was removed with, or null.</param>
/// <param name="BiasShare">Dark: how much of that bias went.</param>
/// <param name="RejectedFraction">Part of all values left out; null where it is not known.</param>
/// <param name="Notices">What was said while it was made.</param>
/// <param name="Unusable">Path and reason of frames that could not be used.</param>
internal sealed record KeptMaster(
    string Name,
    string Key,
    string Sha256,
    string Like,
    int Frames,
    bool HoldsBias,
    string? FreedOf,
    double BiasShare,
    double? RejectedFraction,
    IReadOnlyList<string> Notices,
    IReadOnlyList<KeyValuePair<string, string>> Unusable
) : IKeptProduct;
