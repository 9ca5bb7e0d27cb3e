namespace Albireo.Fits;

/// <summary>Type of a column's values as they are kept in memory.</summary>
public enum FitsColumnType
{
    /// <summary>TFORM L: bool; a zero byte is undefined.</summary>
    Logical,

    /// <summary>TFORM X: bool, one a bit.</summary>
    Bit,

    /// <summary>TFORM B: byte.</summary>
    Byte,

    /// <summary>TFORM B with TZERO −128: sbyte.</summary>
    SByte,

    /// <summary>TFORM I: short.</summary>
    Int16,

    /// <summary>TFORM I with TZERO 32768: ushort.</summary>
    UInt16,

    /// <summary>TFORM J: int.</summary>
    Int32,

    /// <summary>TFORM J with TZERO 2147483648: uint.</summary>
    UInt32,

    /// <summary>TFORM K, and I of a text table: long.</summary>
    Int64,

    /// <summary>TFORM K with TZERO 9223372036854775808: ulong.</summary>
    UInt64,

    /// <summary>TFORM E: float.</summary>
    Single,

    /// <summary>TFORM D, and E, F, D of a text table: double.</summary>
    Double,

    /// <summary>TFORM C: Complex, stored in single precision.</summary>
    ComplexSingle,

    /// <summary>TFORM M: Complex, stored in double precision.</summary>
    ComplexDouble,

    /// <summary>TFORM A: string.</summary>
    Text,
}
