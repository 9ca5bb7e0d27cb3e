using System.Runtime.CompilerServices;

namespace Albireo.Tests.Support;

/// <summary>The tests neither see nor touch what the user keeps: profiles and caches lie in a folder of their own.</summary>
internal static class UserFolders
{
    [ModuleInitializer]
    internal static void Redirect()
    {
        string own = Directory.CreateTempSubdirectory("albireo-tests-home-").FullName;
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", Path.Combine(own, "config"));
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Combine(own, "cache"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(own, recursive: true);
    }
}

/// <summary>Tests that change the user's own profiles run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class UserProfiles
{
    public const string Name = "the user's profiles";
}
