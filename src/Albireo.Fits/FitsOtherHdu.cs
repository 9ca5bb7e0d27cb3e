namespace Albireo.Fits;

/// <summary>Random groups, or an extension of an unknown type: the header can be read, the data are passed over.</summary>
public sealed class FitsOtherHdu : FitsHdu
{
    internal FitsOtherHdu(FitsFile file, FitsHeader header, HduStructure structure, int index, long headerOffset, long dataOffset)
        : base(file, header, structure, index, headerOffset, dataOffset) { }
}
