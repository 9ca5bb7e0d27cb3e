using Albireo.Science.Numerics;

namespace Albireo.Tests.Numerics;

public class PooledListTests
{
    [Fact]
    public void What_is_added_stays_when_the_list_grows()
    {
        using var list = new PooledList<int>(4);
        for (int i = 0; i < 1000; i++)
        {
            list.Add(i);
        }
        Span<int> more = list.Extend(3);
        (more[0], more[1], more[2]) = (1000, 1001, 1002);
        Assert.Equal(Enumerable.Range(0, 1003), list.Items.ToArray());
    }

    [Fact]
    public void Truncating_keeps_the_first_items()
    {
        using var list = new PooledList<double>(1);
        for (int i = 0; i < 10; i++)
        {
            list.Add(i / 2.0);
        }
        list.Truncate(3);
        Assert.Equal([0, 0.5, 1], list.Items.ToArray());
        list.Truncate(5);
        Assert.Equal(3, list.Count);
    }
}
