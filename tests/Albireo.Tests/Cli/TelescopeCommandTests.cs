using System.Text.Json;
using Albireo.Pipeline.Instruments;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary><c>albireo telescope</c>, as a user sees it.</summary>
[Collection(UserProfiles.Name)]
public sealed class TelescopeCommandTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose()
    {
        if (Directory.Exists(TelescopeLibrary.UserFolder))
        {
            Directory.Delete(TelescopeLibrary.UserFolder, recursive: true);
        }
        scratch.Dispose();
    }

    [Fact]
    public void Profiles_are_listed_and_shown()
    {
        AlbireoRun list = AlbireoRun.Of("telescope", "list");
        Assert.Equal(0, list.Code);
        Assert.Contains("microobservatory", list.Out, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(AlbireoRun.Of("telescope", "list", "--json").Out);
        Assert.Contains(json.RootElement.EnumerateArray(), p => p.GetProperty("name").GetString() == "lco");
        AlbireoRun show = AlbireoRun.Of("telescope", "show", "lco");
        Assert.StartsWith("name: lco\n", show.Out, StringComparison.Ordinal);
        Assert.Equal(TelescopeLibrary.Open().Show("lco"), show.Out);
        AlbireoRun none = AlbireoRun.Of("telescope", "show", "hubble");
        Assert.Equal(2, none.Code);
        Assert.StartsWith("There is no profile hubble; there are arcsat, ", Assert.Single(none.Complaints), StringComparison.Ordinal);
        Assert.Equal(2, AlbireoRun.Of("telescope").Code);
    }

    [Fact]
    public void A_profile_that_is_added_counts_from_then_on()
    {
        TinyFits.Write(scratch.At("night", "a.fits"), 1, "IMAGETYP= 'LIGHT'", "INSTRUME= 'GardenCam 7'", "T_INT = 12.5", "FILTER = 'V'");
        AlbireoRun before = AlbireoRun.Of("inventory", scratch.At("night"));
        Assert.Contains("1 frame of GardenCam 7: no telescope profile is for that", before.Error, StringComparison.Ordinal);
        File.WriteAllText(scratch.At("mine.yaml"), "name: garden\naliases: [GardenCam*]\nkeywords: {exposure: T_INT}\n");
        AlbireoRun add = AlbireoRun.Of("telescope", "add", scratch.At("mine.yaml"));
        Assert.Equal(0, add.Code);
        Assert.Equal($"{scratch.At("mine.yaml")} is kept as {Path.Combine(TelescopeLibrary.UserFolder, "garden.yaml")}.\n", add.Out);
        AlbireoRun after = AlbireoRun.Of("inventory", scratch.At("night"), "--json");
        Assert.Contains("1 frame read with the telescope profile garden.", after.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(after.Out);
        JsonElement frame = json.RootElement.GetProperty("frames")[0];
        Assert.Equal((12.5, "garden"), (frame.GetProperty("exposure_s").GetDouble(), frame.GetProperty("profile").GetString()));
        AlbireoRun again = AlbireoRun.Of("telescope", "add", scratch.At("mine.yaml"));
        Assert.EndsWith("; it replaces your profile garden.\n", again.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aliases: [x]", "name: a profile needs a name.")]
    [InlineData("name: x\n\ngian: 3", "line 3, gian: there is no such key; known here are aliases")]
    [InlineData("name: x\ngain: many", "line 2, gain: 'many' is not a number.")]
    [InlineData("name: x\nkinds: {holiday: CLOSED}", "line 2, kinds.holiday: this is no kind of frame")]
    [InlineData("name: x\nkeywords: {expo: T}", "line 2, keywords.expo: there is no such key; known here are airmass")]
    [InlineData("name: [", "line 2: ")]
    public void A_wrong_profile_is_refused_in_a_sentence_and_not_kept(string text, string expected)
    {
        File.WriteAllText(scratch.At("wrong.yaml"), text + "\n");
        AlbireoRun add = AlbireoRun.Of("telescope", "add", scratch.At("wrong.yaml"));
        Assert.Equal(2, add.Code);
        Assert.StartsWith($"{scratch.At("wrong.yaml")}: {expected}", Assert.Single(add.Complaints), StringComparison.Ordinal);
        Assert.False(Directory.Exists(TelescopeLibrary.UserFolder));
        Assert.Equal(2, AlbireoRun.Of("telescope", "add", scratch.At("none.yaml")).Code);
    }

    [Fact]
    public void A_profile_that_cannot_be_kept_is_a_sentence_that_names_the_folder()
    {
        File.WriteAllText(scratch.At("mine.yaml"), "name: garden\n");
        Directory.CreateDirectory(Path.GetDirectoryName(TelescopeLibrary.UserFolder)!);
        File.WriteAllText(TelescopeLibrary.UserFolder, "in the way");
        try
        {
            AlbireoRun add = AlbireoRun.Of("telescope", "add", scratch.At("mine.yaml"));
            Assert.Equal(2, add.Code);
            Assert.Contains($"cannot be kept among your profiles in {TelescopeLibrary.UserFolder}", Assert.Single(add.Complaints));
        }
        finally
        {
            File.Delete(TelescopeLibrary.UserFolder);
        }
    }
}
