using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>
/// How an algorithm visits a picture in bands of rows. Science runs them one after the other; Pipeline hands in a runner that uses
/// several threads. Bands never overlap; what is merged over bands is merged in band order, so results do not depend on the runner.
/// </summary>
public abstract class BandRunner
{
    /// <summary>One band after the other on the calling thread.</summary>
    public static BandRunner Serial { get; } = new SerialRunner();

    /// <summary>Calls <paramref name="work"/> with (index, first row, number of rows) once for every band of <paramref name="height"/> rows.</summary>
    /// <param name="height">Rows in all, 0 or more.</param>
    /// <param name="bandHeight">Rows in a band; the last may be shorter.</param>
    /// <param name="work">Must be safe to call on several threads at once for different bands.</param>
    public void Run(int height, int bandHeight, Action<int, int, int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Require.NotNegative(height);
        Require.Positive(bandHeight);
        RunBands((height + bandHeight - 1) / bandHeight, i => work(i, i * bandHeight, Math.Min(bandHeight, height - (i * bandHeight))));
    }

    /// <summary>Runs <paramref name="band"/> for every index in [0, <paramref name="count"/>), in any order and on any thread.</summary>
    protected abstract void RunBands(int count, Action<int> band);

    private sealed class SerialRunner : BandRunner
    {
        protected override void RunBands(int count, Action<int> band)
        {
            for (int i = 0; i < count; i++)
            {
                band(i);
            }
        }
    }
}
