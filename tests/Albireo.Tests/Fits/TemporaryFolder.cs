using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

/// <summary>A folder that goes away with the test.</summary>
/// <param name="isOnDisk">For tests of what a disk does.</param>
internal sealed class TemporaryFolder(bool isOnDisk = false) : IDisposable
{
    public string Path { get; } = isOnDisk ? TestFolders.OnDisk("albireo-fits-") : TestFolders.Create("albireo-fits-");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
