using Albireo.Tests.Support;

namespace Albireo.Tests.Plots;

/// <summary>Drawings as they were when somebody last looked at them, in Plots/golden.</summary>
internal static class Golden
{
    /// <summary>Fails, and leaves what was written beside the tests, if a drawing is no longer what it was.</summary>
    public static void Same(string name, string written)
    {
        string golden = Path.Combine(Repository.Root, "tests", "Albireo.Tests", "Plots", "golden", name);
        if (!File.Exists(golden) || written != File.ReadAllText(golden))
        {
            string found = Path.Combine(AppContext.BaseDirectory, name);
            File.WriteAllText(found, written);
            Assert.Fail($"{golden} and what was written now, {found}, differ; look at both.");
        }
    }
}
