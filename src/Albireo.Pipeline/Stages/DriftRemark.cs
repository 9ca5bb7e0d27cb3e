using Albireo.Pipeline.Frames;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>Whether the sky of a calibrated frame looks as if the bias had drifted during the readout, told by some of its pixels.</summary>
internal static class DriftRemark
{
    private const int Rows = 64;
    private const int Columns = 256;

    /// <returns>A sentence; null where nothing is to be seen, or the frame is too small to say.</returns>
    public static string? Of(BandedImage clean, Workspace workspace)
    {
        if (clean.Height < Rows || clean.Width < Columns)
        {
            return null;
        }
        Span<float> sample = workspace.Values<float>("levels", Rows * Columns).AsSpan(0, Rows * Columns);
        for (int y = 0; y < Rows; y++)
        {
            Span<float> row = clean.Rows((int)((long)y * clean.Height / Rows), 1);
            for (int x = 0; x < Columns; x++)
            {
                sample[(y * Columns) + x] = row[(int)((long)x * clean.Width / Columns)];
            }
        }
        LevelSpread spread = LevelSpread.Of(sample, Columns);
        return spread.IsOfRows ? Sentence("rows", "columns")
            : spread.IsOfColumns ? Sentence("columns", "rows")
            : null;
    }

    private static string Sentence(string lines, string others) =>
        $"the sky differs between {lines} by more than a pixel's noise and hardly between {others}, as it does where the bias drifts during the readout and no overscan tells: --set calibrate.level-drift={lines} takes that away, and what the sky itself does from one to the next.";
}
