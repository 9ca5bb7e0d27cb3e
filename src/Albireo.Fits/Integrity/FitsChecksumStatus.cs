namespace Albireo.Fits;

/// <summary>What a stored checksum says about an HDU.</summary>
public enum FitsChecksumStatus
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>It agrees with the bytes.</summary>
    Valid,

    /// <summary>It does not agree: bytes have changed since it was written.</summary>
    Wrong,
}
