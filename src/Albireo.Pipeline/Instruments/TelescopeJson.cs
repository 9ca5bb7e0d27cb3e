using System.Text;
using System.Text.Json;

namespace Albireo.Pipeline.Instruments;

/// <summary>Telescope profiles as JSON: what each is called, what it is for and where it lies.</summary>
public static class TelescopeJson
{
    /// <summary>An array with one object a profile.</summary>
    public static string Write(IEnumerable<TelescopeProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (TelescopeProfile profile in profiles)
            {
                json.WriteStartObject();
                json.WriteString("name", profile.Name);
                json.WriteString("description", profile.Description);
                Texts(json, "aliases", profile.Aliases);
                Texts(json, "writers", profile.Writers);
                json.WriteString("source", profile.Source);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
