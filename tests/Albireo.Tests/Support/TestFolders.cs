namespace Albireo.Tests.Support;

/// <summary>Where the tests put their files: thousands of small ones, which a disk takes twice as long for as memory.</summary>
internal static class TestFolders
{
    private const string Memory = "/dev/shm"; // Linux
    private const long RoomBytes = 4L << 30;

    private static readonly bool UsesMemory =
        Environment.GetEnvironmentVariable("TMPDIR") is null
        && Directory.Exists(Memory)
        && new DriveInfo(Memory).AvailableFreeSpace > RoomBytes;

    /// <summary>A new folder in memory, where there is room and nothing else is asked for by TMPDIR; else among the temporary files.</summary>
    /// <param name="prefix">Of its name.</param>
    public static string Create(string prefix) =>
        UsesMemory ? Directory.CreateDirectory(Path.Combine(Memory, $"{prefix}{Guid.NewGuid():N}")).FullName : OnDisk(prefix);

    /// <summary>A new folder among the temporary files, for tests of what a disk does.</summary>
    /// <param name="prefix">Of its name.</param>
    public static string OnDisk(string prefix) => Directory.CreateTempSubdirectory(prefix).FullName;
}
