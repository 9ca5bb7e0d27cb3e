namespace Albireo.Science.Psf;

/// <summary>The pixels that take part in a group's fit; its arrays are used again for the next group.</summary>
internal sealed class GroupPixels
{
    private double[] jacobian = [];

    public int Count { get; private set; }

    /// <summary>Columns.</summary>
    public int[] X { get; private set; } = new int[256];

    /// <summary>Rows.</summary>
    public int[] Y { get; private set; } = new int[256];

    /// <summary>Counts above the background and above all stars outside the group.</summary>
    public double[] Value { get; private set; } = new double[256];

    /// <summary>1 / variance.</summary>
    public double[] Weight { get; private set; } = new double[256];

    public void Clear() => Count = 0;

    public void Add(int x, int y, double value, double weight)
    {
        if (Count == X.Length)
        {
            X = Grown(X);
            Y = Grown(Y);
            Value = Grown(Value);
            Weight = Grown(Weight);
        }
        (X[Count], Y[Count], Value[Count], Weight[Count]) = (x, y, value, weight);
        Count++;
    }

    /// <summary>Room for the derivatives of every pixel by every parameter.</summary>
    public Span<double> Jacobian(int parameters)
    {
        if (jacobian.Length < parameters * Count)
        {
            jacobian = new double[2 * parameters * Count];
        }
        return jacobian.AsSpan(0, parameters * Count);
    }

    private static T[] Grown<T>(T[] array)
    {
        Array.Resize(ref array, 2 * array.Length);
        return array;
    }
}
