using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Products;

/// <summary>lightcurve.csv: one row a frame, columns as in the contract; what is missing is an empty cell.</summary>
public static class LightCurveCsv
{
    public static void Write(string path, FluxTable table, LightCurve curve) =>
        TextProduct.Write(path, Text(table, curve), flushToDisk: true);

    public static string Text(FluxTable table, LightCurve curve) => TableFile.Rows(LightCurveTable.Columns(table, curve));
}
