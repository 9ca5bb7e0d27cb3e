namespace Albireo.Tests.Support;

/// <summary>A folder that goes away with the test.</summary>
public sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = TestFolders.Create("albireo-test-");

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
