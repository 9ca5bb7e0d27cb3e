namespace Albireo.Pipeline.Products;

/// <summary>A fit as its two files hold it, to be put back word by word.</summary>
/// <param name="Json">fit.json.</param>
/// <param name="Csv">fit.csv.</param>
public sealed record FitText(string Json, string Csv)
{
    /// <summary>The fit in a folder, whatever curve it belongs to; null where there is none.</summary>
    public static FitText? Read(string folder)
    {
        (string json, string csv) = Paths(folder);
        return File.Exists(json) && File.Exists(csv) ? new FitText(File.ReadAllText(json), File.ReadAllText(csv)) : null;
    }

    /// <summary>Puts it into a folder; null removes what is there.</summary>
    public static void Put(string folder, FitText? fit)
    {
        (string json, string csv) = Paths(folder);
        if (fit is null)
        {
            File.Delete(json);
            File.Delete(csv);
        }
        else
        {
            TextProduct.Write(csv, fit.Csv, flushToDisk: true);
            TextProduct.Write(json, fit.Json, flushToDisk: true);
        }
    }

    private static (string Json, string Csv) Paths(string folder) => (Path.Combine(folder, "fit.json"), Path.Combine(folder, "fit.csv"));
}
