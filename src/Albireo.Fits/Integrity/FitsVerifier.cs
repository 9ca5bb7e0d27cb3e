using System.Globalization;

namespace Albireo.Fits;

/// <summary>
/// Looks at everything in a file: container, headers, mandatory keywords, sizes, padding, checksums, every tile, every column,
/// every descriptor.
/// </summary>
public static class FitsVerifier
{
    private const int BandPixels = 1 << 20;

    /// <summary>Verifies a file; nothing that is wrong with its content is thrown.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static IReadOnlyList<FitsFinding> Verify(string path, FitsReadOptions? options = null)
    {
        try
        {
            using FitsFile file = FitsFile.Open(path, options);
            return Verify(file);
        }
        catch (FitsFormatException e)
        {
            return [new FitsFinding(FitsSeverity.Error, e.Hdu, e.Message)];
        }
    }

    /// <summary>Verifies an open file.</summary>
    public static IReadOnlyList<FitsFinding> Verify(FitsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var findings = new List<FitsFinding>();
        Try(findings, () => file.AllHdus());
        Try(findings, () => file.Source.CheckContainer(file.Warn));
        foreach (FitsHdu hdu in file.Hdus)
        {
            Try(findings, () => CheckSums(hdu, findings));
            Try(findings, () => ReadAll(hdu));
        }
        findings.AddRange(
            file.Warnings.Where(text => !findings.Exists(f => text.Contains(f.Text, StringComparison.Ordinal)))
                .Select(text => new FitsFinding(FitsSeverity.Warning, HduOf(text), text))
        );
        return findings;
    }

    private static void Try(List<FitsFinding> findings, Action check)
    {
        try
        {
            check();
        }
        catch (FitsFormatException e)
        {
            if (!findings.Exists(f => f.Text == e.Message))
            {
                findings.Add(new FitsFinding(FitsSeverity.Error, e.Hdu, e.Message));
            }
        }
    }

    private static void CheckSums(FitsHdu hdu, List<FitsFinding> findings)
    {
        (FitsChecksumStatus data, FitsChecksumStatus all) = hdu.VerifyChecksums();
        if (data == FitsChecksumStatus.Wrong)
        {
            findings.Add(
                new FitsFinding(
                    FitsSeverity.Error,
                    hdu.Index,
                    $"[HDU {hdu.Index}] the data do not agree with DATASUM: they have changed since they were written"
                )
            );
        }
        if (all == FitsChecksumStatus.Wrong && data != FitsChecksumStatus.Wrong)
        {
            findings.Add(
                new FitsFinding(
                    FitsSeverity.Error,
                    hdu.Index,
                    $"[HDU {hdu.Index}] the header does not agree with CHECKSUM: it has changed since it was written"
                )
            );
        }
    }

    private static void ReadAll(FitsHdu hdu)
    {
        hdu.File.EnsureWhole(hdu);
        switch (hdu)
        {
            case FitsImage { Width: > BandPixels } image:
                var part = new float[BandPixels];
                for (long row = 0; row < image.RowCount; row++)
                {
                    for (long column = 0; column < image.Width; column += BandPixels)
                    {
                        image.ReadRegion((int)column, row, (int)Math.Min(BandPixels, image.Width - column), 1, part);
                    }
                }
                break;
            case FitsImage { Width: > 0 } image:
                int band = (int)Math.Min(image.RowCount, Math.Max(1, BandPixels / image.Width / image.RowsOfTile * image.RowsOfTile));
                var pixels = new float[band * image.Width];
                for (long row = 0; row < image.RowCount; row += band)
                {
                    image.ReadRows(row, (int)Math.Min(band, image.RowCount - row), pixels);
                }
                break;
            case FitsTableHdu table:
                int rows = (int)
                    Math.Clamp(BandPixels * 8L / Math.Max(1, table.Header.Integer("NAXIS1") ?? 1), 1, Math.Max(1, table.RowCount));
                for (long row = 0; row < table.RowCount; row += rows)
                {
                    table.Read(row, (int)Math.Min(rows, table.RowCount - row));
                }
                break;
        }
    }

    private static int HduOf(string warning) =>
        warning.StartsWith("[HDU ", StringComparison.Ordinal)
        && int.TryParse(
            warning.AsSpan(5, Math.Max(0, warning.IndexOf(']', StringComparison.Ordinal) - 5)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int hdu
        )
            ? hdu
            : -1;
}
