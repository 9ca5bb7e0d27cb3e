using Albireo.Fits;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

public sealed class GatheredWritesTests
{
    private const ulong Seed = 20260711;

    [Fact]
    public void A_file_holds_what_was_written_whatever_the_sizes()
    {
        using var folder = new ScratchFolder();
        for (int i = 0; i < 60; i++)
        {
            SeededRandom random = SeededRandom.Child(Seed, (ulong)i);
            string path = folder.At($"{i}.bin");
            var expected = new List<byte>();
            using (var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                using var writes = new GatheredWrites(handle);
                for (int hdu = 0; hdu < 5; hdu++)
                {
                    long finished = expected.Count;
                    byte[] header = Bytes(random, 1 + random.Below(4000));
                    var data = new List<byte>();
                    for (int chunk = random.Below(4); chunk > 0; chunk--)
                    {
                        byte[] bytes = Bytes(random, 1 + random.Below(i % 2 == 0 ? 90_000 : 6_000));
                        writes.Write(finished + header.Length + data.Count, bytes);
                        data.AddRange(bytes);
                    }
                    writes.Write(finished, header); // before its data, written after them
                    byte[] padding = new byte[random.Below(2880)];
                    writes.Write(finished + header.Length + data.Count, padding);
                    expected.AddRange([.. header, .. data, .. padding]);
                }
                writes.Flush();
            }
            Assert.Equal(expected.ToArray(), File.ReadAllBytes(path));
        }
    }

    private static byte[] Bytes(SeededRandom random, int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.NextBits();
        }
        return bytes;
    }
}
