using System.Collections.Concurrent;
using System.Text;
using Albireo.Fits;
using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Instruments;

/// <summary>The telescope profiles: the user's own, then the built-in ones. YAML is parsed only when a profile is used.</summary>
public sealed class TelescopeLibrary
{
    private const string Ending = ".yaml";
    private static readonly string[] WriterKeywords = ["SWCREATE", "CREATOR", "PROGRAM", "SOFTWARE", "ORIGIN"];
    private readonly string? userFolder;
    private readonly List<TelescopeProfile> own;
    private readonly ConcurrentDictionary<string, TelescopeProfile> parsed = new(StringComparer.Ordinal);

    private TelescopeLibrary(string? userFolder, List<TelescopeProfile> own)
    {
        this.userFolder = userFolder;
        this.own = own;
    }

    /// <summary>The folder for the user's profiles: <c>albireo/profiles</c> beneath $XDG_CONFIG_HOME, or its like elsewhere.</summary>
    public static string UserFolder =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "albireo",
            "profiles"
        );

    /// <summary>The built-in profiles and those in a folder, which need not exist.</summary>
    /// <exception cref="SettingsFileException">One of the user's profiles is wrong.</exception>
    public static TelescopeLibrary Open(string? userFolder = null)
    {
        var profiles = new List<TelescopeProfile>();
        if (userFolder is not null && Directory.Exists(userFolder))
        {
            foreach (string path in Directory.EnumerateFiles(userFolder, "*" + Ending).Order(StringComparer.Ordinal))
            {
                profiles.Add(ProfileReader.Read(File.ReadAllText(path), path));
            }
        }
        return new TelescopeLibrary(userFolder, profiles);
    }

    /// <summary>Changes when a profile of the user changes, so that readings made with others are not reused.</summary>
    internal string Fingerprint =>
        own.Count == 0
            ? ""
            : Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(
                    Encoding.UTF8.GetBytes(string.Join('\0', own.Select(p => p.Source + '\0' + File.ReadAllText(p.Source))))
                )
            )[..16];

    /// <summary>Name, description and source of every profile, the user's first.</summary>
    public IReadOnlyList<TelescopeProfile> List() => [.. own, .. BuiltInProfiles.Index.Select(entry => BuiltIn(entry.Name))];

    /// <summary>The profile of that name (or alias), in any case; null if there is none.</summary>
    public TelescopeProfile? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        TelescopeProfile? found = own.Find(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? own.Find(p => p.IsNamed(name));
        if (found is not null)
        {
            return found;
        }
        BuiltInProfile? entry =
            BuiltInProfiles.Index.FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? BuiltInProfiles.Index.FirstOrDefault(e => e.Aliases.Any(a => Wildcard.Matches(a, name)));
        return entry is null ? null : BuiltIn(entry.Name);
    }

    /// <summary>The YAML of a profile, as it was written.</summary>
    public string? Show(string name) =>
        Find(name) is not { } profile ? null
        : profile.Source == TelescopeProfile.BuiltIn ? BuiltInProfiles.Text(profile.Name)
        : File.ReadAllText(profile.Source);

    /// <summary>Checks a profile and keeps it among the user's; one of the same name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replaced">What it takes the place of, as part of a sentence, or null.</param>
    /// <returns>Where it lies now.</returns>
    /// <exception cref="SettingsFileException">It is wrong.</exception>
    /// <exception cref="IOException">It cannot be read or kept.</exception>
    public string Add(string path, out string? replaced)
    {
        string folder = userFolder ?? throw new InvalidOperationException("This library has no folder of its own.");
        string text = File.ReadAllText(path);
        TelescopeProfile profile = ProfileReader.Read(text, path);
        Directory.CreateDirectory(folder);
        TelescopeProfile? old = own.Find(p => p.Name.Equals(profile.Name, StringComparison.OrdinalIgnoreCase));
        bool isBuiltIn = BuiltInProfiles.Index.Any(e => e.Name.Equals(profile.Name, StringComparison.OrdinalIgnoreCase));
        replaced =
            old is not null ? $"it replaces your profile {old.Name}"
            : isBuiltIn ? $"it comes before the built-in profile {profile.Name}"
            : null;
        // Of two profiles for one text, the one whose file comes first serves.
        TelescopeProfile? rival = own.Find(p => p != old && p.Aliases.Prepend(p.Name).Any(profile.IsNamed));
        if (rival is not null)
        {
            string also =
                $"it is for names that your profile {rival.Name} is for, too: that of the two whose file comes first by name serves";
            replaced = replaced is null ? also : $"{replaced}; {also}";
        }
        string plain = Path.Combine(folder, Inventory.SafeName.Of(profile.Name));
        string target = old?.Source ?? plain + Ending;
        for (int n = 2; old is null && own.Exists(p => p.Source == target); n++)
        {
            target = $"{plain}-{n}{Ending}"; // another name that looks the same as a file's
        }
        TextProduct.Write(target, text);
        own.RemoveAll(p => p == old);
        own.Add(profile with { Source = target });
        return target;
    }

    /// <summary>The profile for a header: by INSTRUME, then TELESCOP, then the program that wrote it.</summary>
    public TelescopeProfile? Match(FitsHeader header, FitsHeader? primary = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        string? instrument = Value(header, primary, "INSTRUME");
        string? telescope = Value(header, primary, "TELESCOP");
        foreach (string? text in (ReadOnlySpan<string?>)[instrument, telescope])
        {
            if (text is null)
            {
                continue;
            }
            if (own.Find(p => p.IsNamed(text)) is { } mine)
            {
                return mine;
            }
            if (BuiltInProfiles.Index.FirstOrDefault(e => e.Aliases.Any(a => Wildcard.Matches(a, text))) is { } entry)
            {
                return BuiltIn(entry.Name);
            }
        }
        foreach (string keyword in WriterKeywords)
        {
            if (Value(header, primary, keyword) is not { } text)
            {
                continue;
            }
            if (own.Find(p => p.Writers.Any(w => Wildcard.Matches(w, text))) is { } mine)
            {
                return mine;
            }
            if (BuiltInProfiles.Index.FirstOrDefault(e => e.Writers.Any(w => Wildcard.Matches(w, text))) is { } entry)
            {
                return BuiltIn(entry.Name);
            }
        }
        return null;
    }

    private static string? Value(FitsHeader header, FitsHeader? primary, string keyword) =>
        header.Find(keyword) is { Kind: FitsValueKind.Text, Value: { } text } && !HeaderReading.IsMissing(text) ? text.Trim()
        : primary is null ? null
        : Value(primary, null, keyword);

    private TelescopeProfile BuiltIn(string name) =>
        parsed.GetOrAdd(
            name,
            static n => ProfileReader.Read(BuiltInProfiles.Text(n), $"profiles/{n}.yaml") with { Source = TelescopeProfile.BuiltIn }
        );
}
