namespace Albireo.Pipeline.Options;

/// <summary>The level that flats are brought to before they are compared.</summary>
public enum FlatReference
{
    /// <summary>1.</summary>
    One,

    /// <summary>That of the first flat that is used: values stay counts.</summary>
    FirstFrame,
}
