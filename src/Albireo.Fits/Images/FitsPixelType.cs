namespace Albireo.Fits;

/// <summary>Type of the pixels of an image, the standard's ways to store unsigned integers and signed bytes resolved.</summary>
public enum FitsPixelType
{
    /// <summary>BITPIX 8: 0 … 255.</summary>
    Byte,

    /// <summary>BITPIX 8 with BZERO −128.</summary>
    SByte,

    /// <summary>BITPIX 16.</summary>
    Int16,

    /// <summary>BITPIX 16 with BZERO 32768.</summary>
    UInt16,

    /// <summary>BITPIX 32.</summary>
    Int32,

    /// <summary>BITPIX 32 with BZERO 2147483648.</summary>
    UInt32,

    /// <summary>BITPIX 64.</summary>
    Int64,

    /// <summary>BITPIX 64 with BZERO 9223372036854775808.</summary>
    UInt64,

    /// <summary>BITPIX −32.</summary>
    Single,

    /// <summary>BITPIX −64.</summary>
    Double,
}
