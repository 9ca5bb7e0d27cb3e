namespace Albireo.Pipeline.Instruments;

/// <summary>Columns and rows that are cut away on every side.</summary>
public readonly record struct Trimming(int Columns, int Rows);
