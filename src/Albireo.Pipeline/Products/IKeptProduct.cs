namespace Albireo.Pipeline.Products;

/// <summary>What is remembered of a product in OUT.</summary>
internal interface IKeptProduct
{
    /// <summary>Which product.</summary>
    string Name { get; }

    /// <summary>Hash of all that it depends on.</summary>
    string Key { get; }
}
