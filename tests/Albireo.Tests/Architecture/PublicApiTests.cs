using System.Reflection;
using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Architecture;

/// <summary>
/// What the libraries offer is written down beside their sources (PublicApi.txt). A change of it is seen in a review: run the tests once
/// with ALBIREO_WRITE_API=1 and commit what they wrote.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries => ["Albireo.Fits", "Albireo.Science"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_interface_is_the_one_written_down(string library)
    {
        Assembly assembly = library == "Albireo.Fits" ? typeof(FitsFile).Assembly : typeof(Image).Assembly;
        string path = Path.Combine(Repository.Root, "src", library, "PublicApi.txt");
        string found = PublicApi.Of(assembly);
        if (Environment.GetEnvironmentVariable("ALBIREO_WRITE_API") == "1")
        {
            File.WriteAllText(path, found);
        }
        string[] wanted = File.ReadAllLines(path);
        string[] lines = found.TrimEnd('\n').Split('\n');
        string[] gone = [.. wanted.Except(lines)];
        string[] added = [.. lines.Except(wanted)];
        Assert.True(
            gone.Length + added.Length == 0 && wanted.Length == lines.Length,
            $"{path} differs: ALBIREO_WRITE_API=1 writes it anew.\n- {string.Join("\n- ", gone.Take(20))}\n+ {string.Join("\n+ ", added.Take(20))}"
        );
    }
}
