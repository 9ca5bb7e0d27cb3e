using System.Globalization;
using Albireo.Pipeline.Stages;
using CsvHelper;

namespace Albireo.Pipeline.Products;

/// <summary>A master frame in a line, as the report lists it.</summary>
public sealed record MasterSummary(string Name, int FrameCount, double ExposureSeconds, string Filter)
{
    public static MasterSummary Of(Master master) => new(master.Name, master.FrameCount, master.ExposureSeconds, master.Filter);

    /// <summary>From masters.csv; none where there is no such file.</summary>
    public static IReadOnlyList<MasterSummary> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var masters = new List<MasterSummary>();
        while (csv.Read())
        {
            bool hasExposure = double.TryParse(csv["exposure_s"], CultureInfo.InvariantCulture, out double exposure);
            masters.Add(
                new MasterSummary(
                    csv["name"] ?? "",
                    int.TryParse(csv["frames"], CultureInfo.InvariantCulture, out int count) ? count : 0,
                    hasExposure ? exposure : double.NaN,
                    csv["filter"] ?? ""
                )
            );
        }
        return masters;
    }
}
