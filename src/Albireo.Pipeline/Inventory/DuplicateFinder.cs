namespace Albireo.Pipeline.Inventory;

/// <summary>
/// Finds exposures that are there twice (a copy, a hard link, the packed file beside the plain one): everything that the headers say
/// is the same, and so is every pixel. Pixels are read only where the headers agree, and first a few rows of them.
/// </summary>
internal static class DuplicateFinder
{
    /// <summary>For every frame the index of the earlier frame whose copy it is, or −1.</summary>
    /// <param name="frames">In path order.</param>
    /// <param name="hash">Fingerprint of a frame's pixels: of some rows, or of all (second argument); null when unreadable.</param>
    public static int[] Find(IReadOnlyList<FrameInfo> frames, Func<int, bool, string?> hash)
    {
        int[] originals = new int[frames.Count];
        Array.Fill(originals, -1);
        foreach (int[] all in SameHeaders(frames))
        {
            foreach (IGrouping<string, int> alike in Alike(all, i => hash(i, false)))
            {
                foreach (IGrouping<string, int> equal in Alike([.. alike], i => hash(i, true)))
                {
                    int first = equal.First();
                    foreach (int copy in equal.Skip(1))
                    {
                        originals[copy] = first;
                    }
                }
            }
        }
        return originals;
    }

    /// <summary>Frames whose headers say the same, in the order given; mostly there are none.</summary>
    private static List<int[]> SameHeaders(IReadOnlyList<FrameInfo> frames)
    {
        // A text that is quickly made tells most of them apart.
        var first = new Dictionary<string, List<FrameInfo>>(StringComparer.Ordinal);
        bool any = false;
        foreach (FrameInfo frame in frames.Where(f => f.Width > 0))
        {
            string key =
                $"{frame.Start?.Raw}|{frame.Width}|{frame.Height}|{frame.ExposureSeconds?.Raw}|{frame.ObjectName?.Raw}|{frame.Kind?.Raw}";
            if (first.TryGetValue(key, out List<FrameInfo>? others))
            {
                others.Add(frame);
                any = true;
            }
            else
            {
                first[key] = [frame];
            }
        }
        if (!any)
        {
            return [];
        }
        var likely = new HashSet<FrameInfo>(
            first.Values.Where(list => list.Count > 1).SelectMany(list => list),
            ReferenceEqualityComparer.Instance
        );
        return
        [
            .. Enumerable
                .Range(0, frames.Count)
                .Where(i => likely.Contains(frames[i]))
                .GroupBy(i => Essence(frames[i]))
                .Where(g => g.Count() > 1)
                .Select(g => g.ToArray()),
        ];
    }

    private static List<IGrouping<string, int>> Alike(int[] indices, Func<int, string?> hash) =>
        [
            .. indices
                .Select(i => (Index: i, Hash: hash(i)))
                .Where(p => p.Hash is not null)
                .GroupBy(p => p.Hash!, p => p.Index, StringComparer.Ordinal)
                .Where(g => g.Count() > 1),
        ];

    /// <summary>What makes the exposure: all that is known of it, without what the file's name and packing add.</summary>
    private static FrameInfo Essence(FrameInfo frame) =>
        frame with
        {
            Path = "",
            Name = "",
            Hdu = 0,
            SuggestedKind = null,
            Contradiction = null,
            Saturation = null,
            Warnings = [],
        };
}
