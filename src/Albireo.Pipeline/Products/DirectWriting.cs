using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Albireo.Pipeline.Products;

/// <summary>Writing past the system's file cache (O_DIRECT), where there is such a thing.</summary>
internal static class DirectWriting
{
    /// <summary>Offsets, lengths and addresses are multiples of this.</summary>
    public const int Alignment = 4096;

    private const int SetFlags = 4; // F_SETFL
    private const int DirectX64 = 0x4000; // O_DIRECT, which is not the same number everywhere
    private const int DirectArm64 = 0x10000;

    /// <summary>Turns it on for a file that is open for writing; false where system or file system cannot.</summary>
    public static bool Begin(SafeFileHandle handle)
    {
        int direct = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => DirectX64,
            Architecture.Arm64 => DirectArm64,
            _ => 0,
        };
        return OperatingSystem.IsLinux() && direct != 0 && SetFlag((int)handle.DangerousGetHandle(), SetFlags, direct) == 0;
    }

    /// <summary>
    /// Writes, filled up to a whole page; what is too much at the end is cut off by <see cref="End"/>. Zeros at its end are left to the
    /// file system, which keeps no room for what was never written and reads zeros there: the flags of a frame that has none.
    /// </summary>
    public static void Write(SafeFileHandle handle, WriterPiece piece, long offset)
    {
        int length = piece.Bytes.Span[..piece.Filled].LastIndexOfAnyExcept((byte)0) + 1;
        if (length == 0)
        {
            return;
        }
        int whole = (length + Alignment - 1) / Alignment * Alignment;
        Span<byte> bytes = piece.Bytes.Span[..whole];
        bytes[length..].Clear();
        RandomAccess.Write(handle, bytes, offset);
    }

    /// <summary>Gives the file its true length.</summary>
    public static void End(SafeFileHandle handle, long length) => RandomAccess.SetLength(handle, length);

    // Plain numbers only: a handle would have to be marshalled by code that is compiled at every start.
    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int SetFlag(int file, int command, int flags);
}
