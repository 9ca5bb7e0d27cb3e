namespace Albireo.Science.Calibration;

/// <summary>Order statistics without sorting everything (Hoare's selection with Floyd and Rivest's sampling of the pivot).</summary>
internal static class Selection
{
    /// <summary>Median of finite values; of an even number the mean of the middle two. The values are moved about.</summary>
    public static double Median(Span<float> values)
    {
        int middle = values.Length / 2;
        float upper = Nth(values, middle);
        if (values.Length % 2 == 1)
        {
            return upper;
        }
        float lower = float.NegativeInfinity;
        foreach (float value in values[..middle])
        {
            lower = value > lower ? value : lower;
        }
        return ((double)lower + upper) / 2;
    }

    /// <summary>The value that would stand at <paramref name="index"/> if all were sorted; smaller ones end before it.</summary>
    public static float Nth(Span<float> values, int index)
    {
        int left = 0;
        int right = values.Length - 1;
        while (right > left)
        {
            if (right - left > 600)
            {
                double n = right - left + 1;
                double i = index - left + 1;
                double z = Math.Log(n);
                double s = 0.5 * Math.Exp(2 * z / 3);
                double sd = 0.5 * Math.Sqrt(z * s * (n - s) / n) * Math.Sign(i - (n / 2));
                int from = Math.Max(left, (int)(index - (i * s / n) + sd));
                int to = Math.Min(right, (int)(index + ((n - i) * s / n) + sd));
                Nth(values[from..(to + 1)], index - from);
            }
            float pivot = values[index];
            int low = left;
            int high = right;
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }
                while (pivot < values[high])
                {
                    high--;
                }
                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }
            if (high < index)
            {
                left = low;
            }
            if (index < low)
            {
                right = high;
            }
        }
        return values[index];
    }
}
