using System.Reflection;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Instruments;

public sealed class TelescopeLibraryTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_list_of_built_in_profiles_is_that_of_the_files()
    {
        Assembly pipeline = typeof(TelescopeLibrary).Assembly;
        string[] files =
        [
            .. pipeline
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("profiles/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(files, BuiltInProfiles.Index.Select(e => $"profiles/{e.Name}.yaml"));
        foreach (BuiltInProfile entry in BuiltInProfiles.Index)
        {
            TelescopeProfile profile = ProfileReader.Read(BuiltInProfiles.Text(entry.Name), entry.Name);
            Assert.Equal(
                (entry.Name, string.Join('|', entry.Aliases), string.Join('|', entry.Writers)),
                (profile.Name, string.Join('|', profile.Aliases), string.Join('|', profile.Writers))
            );
            Assert.False(string.IsNullOrEmpty(profile.Description), entry.Name);
        }
    }

    /// <summary>A number that nobody can check is no better than an invented one.</summary>
    [Fact]
    public void Numbers_of_built_in_profiles_name_their_source()
    {
        string[] numbers = ["gain", "read-noise", "saturation", "pixel-scale", "site", "aperture-diameter", "trimming"];
        foreach (BuiltInProfile entry in BuiltInProfiles.Index)
        {
            bool isSourced = false;
            foreach (string line in BuiltInProfiles.Text(entry.Name).Split('\n'))
            {
                isSourced |= line.StartsWith("# Source: ", StringComparison.Ordinal);
                Assert.True(isSourced || !numbers.Contains(line.Split(':')[0]), $"{entry.Name}: {line}");
            }
        }
        // The notebook's 0.137 arcsec a pixel cannot be: 60 cm at F/3 is 1.8 m, and no pixel measures 1.2 µm.
        Assert.Null(TelescopeLibrary.Open().Find("schmidt")!.PixelScale);
    }

    [Theory]
    [InlineData("arcsat", "INSTRUME= 'dcam-spare'", "TELESCOP= 'ARCSAT 0.5-m'", "SWCREATE= 'MaxIm DL Version 6.50'")]
    [InlineData("maxim-dl", "INSTRUME= 'SBIG'", "SWCREATE= 'MaxIm DL Version 6.50 250810 1AJSF'")]
    [InlineData("nina", "SWCREATE= 'N.I.N.A. 2.1.0.9001 (x64)'")]
    [InlineData("ekos", "CREATOR = 'KStars 3.6.0'")]
    [InlineData("sgp", "CREATOR = 'Sequence Generator Pro v3.1.0.401'")]
    [InlineData("lco", "INSTRUME= 'fa15'", "TELESCOP= '1m0-05'")]
    [InlineData("lco", "ORIGIN = 'LCOGT'")]
    [InlineData("microobservatory", "INSTRUME= 'Main'", "TELESCOP= 'Cecilia'", "CREATOR = 'MicroObservatory2014-05-23'")]
    [InlineData("mcdonald", "INSTRUME= 'ProEM'", "TELESCOP= 'McDonald 2.1m'")]
    [InlineData("lulin", "TELESCOP= 'lot'")]
    [InlineData("schmidt", "TELESCOP= 'BATC Schmidt'")]
    [InlineData(null, "TELESCOP= 'Schmidt-Cassegrain 8'")] // somebody else's
    [InlineData(null, "INSTRUME= 'ProEM'", "TELESCOP= 'Elsewhere 1m'")]
    [InlineData(null, "INSTRUME= 'My camera'", "TELESCOP= 'My telescope'")]
    [InlineData(null, "INSTRUME= '        '")]
    public void Writers_are_recognised(string? profile, params string[] cards) =>
        Assert.Equal(profile, TelescopeLibrary.Open().Match(Headers.Of(cards))?.Name);

    [Fact]
    public void The_instrument_comes_before_the_telescope_and_the_user_before_the_built_in()
    {
        File.WriteAllText(folder.At("one.yaml"), "name: One\naliases: [CamA]");
        File.WriteAllText(folder.At("two.yaml"), "name: Two\naliases: [ScopeB, 'ARCSAT*']");
        TelescopeLibrary library = TelescopeLibrary.Open(folder.Path);
        Assert.Equal("One", library.Match(Headers.Of("INSTRUME= 'cama'", "TELESCOP= 'ScopeB'"))!.Name);
        Assert.Equal("Two", library.Match(Headers.Of("INSTRUME= 'x'", "TELESCOP= 'scopeb'"))!.Name);
        Assert.Equal("Two", library.Match(Headers.Of("TELESCOP= 'ARCSAT 0.5-m'"))!.Name);
        Assert.Equal(["One", "Two"], library.List().Take(2).Select(p => p.Name));
        Assert.Equal(2 + BuiltInProfiles.Index.Count, library.List().Count);
    }

    [Fact]
    public void Profiles_are_added_shown_and_replaced()
    {
        string home = folder.At("home", "profiles");
        TelescopeLibrary library = TelescopeLibrary.Open(home);
        File.WriteAllText(folder.At("mine.yaml"), "name: My/Scope\ngain: 2\n");
        string kept = library.Add(folder.At("mine.yaml"), out _);
        Assert.Equal(Path.Combine(home, "My-Scope.yaml"), kept);
        Assert.Equal("name: My/Scope\ngain: 2\n", library.Show("my/scope"));
        File.WriteAllText(folder.At("mine.yaml"), "name: my/scope\ngain: 3\n");
        Assert.Equal(kept, library.Add(folder.At("mine.yaml"), out _));
        Assert.Equal(3, TelescopeLibrary.Open(home).Find("MY/SCOPE")!.Gain);
        Assert.Single(Directory.GetFiles(home));
        Assert.Contains("name: lco", library.Show("LCO"), StringComparison.Ordinal);
        Assert.Null(library.Show("none"));
        File.WriteAllText(folder.At("wrong.yaml"), "name: x\ngian: 3\n");
        Assert.Throws<SettingsFileException>(() => library.Add(folder.At("wrong.yaml"), out _));
        Assert.Single(Directory.GetFiles(home));
    }

    [Fact]
    public void Profiles_that_are_alike_do_not_displace_each_other()
    {
        string home = folder.At("home", "profiles");
        TelescopeLibrary library = TelescopeLibrary.Open(home);
        File.WriteAllText(folder.At("mine.yaml"), "name: My Scope\naliases: [CAM*]\n");
        library.Add(folder.At("mine.yaml"), out string? said);
        Assert.Null(said);
        File.WriteAllText(folder.At("mine.yaml"), "name: My-Scope\ngain: 3\n");
        Assert.Equal(Path.Combine(home, "My-Scope-2.yaml"), library.Add(folder.At("mine.yaml"), out said));
        Assert.Null(said);
        Assert.Equal(
            ["My Scope", "My-Scope"],
            TelescopeLibrary.Open(home).List().Take(2).Select(p => p.Name).Order(StringComparer.Ordinal)
        );
        File.WriteAllText(folder.At("mine.yaml"), "name: Other\naliases: [cam*]\n");
        library.Add(folder.At("mine.yaml"), out said);
        Assert.StartsWith("it is for names that your profile My Scope is for, too", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_cannot_be_kept_leaves_nothing()
    {
        string home = folder.At("home");
        File.WriteAllText(folder.At("mine.yaml"), "name: Mine\ngain: 2\n");
        Directory.CreateDirectory(folder.At("home", "Mine.yaml"));
        TelescopeLibrary library = TelescopeLibrary.Open(home);
        Exception refused = Assert.ThrowsAny<Exception>(() => library.Add(folder.At("mine.yaml"), out _));
        Assert.True(refused is IOException or UnauthorizedAccessException, refused.ToString());
        Assert.Empty(Directory.GetFiles(home));
        Assert.Null(library.Find("Mine"));
    }

    [Fact]
    public void Every_key_is_read()
    {
        TelescopeProfile p = ProfileReader.Read(
            """
            name: Full
            aliases: [A, B*]
            writers: C*
            description: all keys
            keywords: {exposure: [T_INT], filter: WHEEL}
            kinds: {light: [ON], flat: [LAMP, SKY]}
            file-names: {dark: "d*"}
            time-scale: tai
            time-is: end
            century: 2000
            gain: 1.5
            read-noise: 9
            saturation: 55000
            trimming: [40, 30]
            pixel-scale: 0.66
            site: {latitude: 31.2, longitude: -7.86, height: 2751}
            longitudes: west-positive
            aperture-diameter: 600
            temperatures: kelvin
            exposure-unit: ms
            gain-is: adu-per-electron
            right-ascension: hours
            sub-frame-origin: unbinned
            hdu: 1
            """,
            "full.yaml"
        );
        Assert.Equal(["A", "B*", "C*"], p.Aliases.Concat(p.Writers));
        Assert.Equal(["T_INT", "WHEEL"], p.Keywords["exposure"].Concat(p.Keywords["filter"]));
        Assert.Equal((FrameKind.Light, FrameKind.Flat, FrameKind.Flat), (p.Words["on"], p.Words["LAMP"], p.Words["sky"]));
        Assert.Equal(new KeyValuePair<string, FrameKind>("d*", FrameKind.Dark), Assert.Single(p.FileNames));
        Assert.Equal((TimeScale.Tai, TimeMeaning.End, 2000), (p.TimeScale, p.TimeIs, p.Century));
        Assert.Equal((1.5, 9.0, 55000.0, new Trimming(40, 30), 0.66), (p.Gain, p.ReadNoise, p.Saturation, p.Trimming, p.PixelScale));
        Assert.Equal(
            (31.2, -7.86, 2751.0, true),
            (p.Site!.Value.LatitudeDegrees, p.Site.Value.LongitudeDegrees, p.Site.Value.HeightMetres, p.WestPositiveLongitudes)
        );
        Assert.Equal(
            (600.0, true, 1e-3, GainMeaning.AduPerElectron),
            (p.ApertureDiameter, p.TemperatureInKelvin, p.ExposureUnitSeconds, p.GainIs)
        );
        Assert.Equal((true, true, 1), (p.RightAscensionInHours, p.SubFrameOriginUnbinned, p.Hdu));
        FrameInfo frame = HeaderMap.Read("/n/x.fits", Headers.Of("IMAGETYP= 'Lamp'", "T_INT = 5.0", "WHEEL = 'V'"), null, 0, 9, 9, p);
        // The unit is that of the keyword that the profile names.
        Assert.Equal((FrameKind.Flat, 0.005, "V"), (frame.EffectiveKind, frame.ExposureSeconds!.Value, frame.Filter!.Value));
    }

    [Theory]
    [InlineData("gain: 2", "p.yaml: name: a profile needs a name.")]
    [InlineData("name: x\ngian: 2", "p.yaml: line 2, gian: there is no such key")]
    [InlineData("name: x\nkeywords: {exposer: T}", "p.yaml: line 2, keywords.exposer: there is no such key")]
    [InlineData("name: x\ngain: much", "p.yaml: line 2, gain: 'much' is not a number.")]
    [InlineData("name: x\ngain: -1", "p.yaml: line 2, gain: a number above zero is expected.")]
    [InlineData("name: x\ntime-is: noon", "p.yaml: line 2, time-is: 'noon' is none of start, mid, end.")]
    [InlineData("name: x\ntrimming: [1]", "p.yaml: line 2, trimming: two whole numbers are expected")]
    [InlineData("name: x\nkinds: {sunset: [a]}", "p.yaml: line 2, kinds.sunset: this is no kind of frame")]
    [InlineData("name: x\nsite: {latitude: 3, longitude: 4}", "p.yaml: line 2, site.height: metres above the sea are expected.")]
    [InlineData("name: x\nname: y", "p.yaml: line 2")]
    [InlineData("name: x\nhdu: -3", "p.yaml: line 2, hdu: HDUs are counted from 0.")]
    [InlineData("name: x\ncentury: 20", "p.yaml: line 2, century: 1900 or 2000 is expected")]
    [InlineData("name: x\nsite: {latitude: 3, longitude: 4, height: 20000}", "p.yaml: line 2, site.height: 20000 lies outside")]
    public void A_slip_is_an_error_that_names_file_and_key(string text, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<SettingsFileException>(() => ProfileReader.Read(text, "p.yaml")).Message,
            StringComparison.Ordinal
        );
}
