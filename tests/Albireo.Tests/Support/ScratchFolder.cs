namespace Albireo.Tests.Support;

/// <summary>
/// A folder that goes away with the test. Where the project says so (its .csproj), it lies in memory if there is room: thousands of
/// small files take a disk twice as long.
/// </summary>
/// <param name="isOnDisk">For tests of what a disk does.</param>
public sealed class ScratchFolder(bool isOnDisk = false) : IDisposable
{
    private const string Memory = "/dev/shm"; // Linux
    private const long RoomBytes = 4L << 30;

    private static readonly bool UsesMemory =
        AppContext.TryGetSwitch("Albireo.Tests.FilesInMemory", out bool isWanted)
        && isWanted
        && Environment.GetEnvironmentVariable("TMPDIR") is null
        && Directory.Exists(Memory)
        && new DriveInfo(Memory).AvailableFreeSpace > RoomBytes;

    public string Path { get; } =
        UsesMemory && !isOnDisk
            ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"albireo-test-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory("albireo-test-").FullName;

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
