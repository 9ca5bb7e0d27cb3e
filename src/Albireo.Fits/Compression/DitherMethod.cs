namespace Albireo.Fits;

/// <summary>How reals were turned into whole numbers.</summary>
internal enum DitherMethod
{
    None,
    Subtractive1,
    Subtractive2,
}
