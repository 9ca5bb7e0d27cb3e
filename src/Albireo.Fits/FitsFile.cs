namespace Albireo.Fits;

/// <summary>
/// A FITS file open for reading. Headers are read when they are asked for, pixels and rows only by the methods of an HDU. All
/// methods are safe to call from several threads. A file compressed by gzip is recognised by its content.
/// </summary>
public sealed class FitsFile : IDisposable
{
    private readonly Lock gate = new();
    private readonly FitsReadOptions options;
    private readonly List<FitsHdu> hdus = [];
    private readonly List<string> warnings = [];
    private readonly HashSet<int> verified = [];
    private FitsFormatException? scanError;
    private bool scanned;
    private bool containerChecked;

    private FitsFile(ByteSource source, FitsReadOptions options)
    {
        Source = source;
        this.options = options;
    }

    /// <summary>The name that messages use: the path as given.</summary>
    public string Name => Source.Name;

    /// <summary>All HDUs. A damaged or cut one behind the first ends the list and is named in <see cref="Warnings"/>.</summary>
    public IReadOnlyList<FitsHdu> Hdus
    {
        get
        {
            lock (gate)
            {
                Scan(int.MaxValue);
                return hdus.ToArray();
            }
        }
    }

    /// <summary>What is odd but did not keep the file from being read, one sentence each, as far as it has been looked at.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (gate)
            {
                return warnings.ToArray();
            }
        }
    }

    /// <summary>Whether the file as a whole is compressed by gzip: its bytes are inflated while it is read.</summary>
    public bool IsGzipped => Source is GzipSource;

    /// <summary>How far bytes can be had in any order at the same cost; what lies behind is inflated again for every step back.</summary>
    internal long AnyOrderBytes => IsGzipped ? options.MaxBufferedBytes : long.MaxValue;

    internal ByteSource Source { get; }

    /// <summary>Opens a file and reads its first header.</summary>
    /// <param name="path">A regular file, or a link to one.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="FitsFormatException">It is no FITS file; the message says what it is.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static FitsFile Open(string path, FitsReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(FileSource.Open(path), options ?? FitsReadOptions.Default);
    }

    /// <summary>Opens a whole file that is in memory, gzipped or not. The bytes must not change while it is in use.</summary>
    /// <exception cref="FitsFormatException">It is no FITS file; the message says what it is.</exception>
    public static FitsFile Open(ReadOnlyMemory<byte> bytes, string name, FitsReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Open(new MemorySource(bytes) { Name = name }, options ?? FitsReadOptions.Default);
    }

    /// <summary>One HDU; the file is read only as far as needed.</summary>
    /// <param name="index">0-based.</param>
    /// <exception cref="FitsFormatException">The file has fewer, or is damaged before it.</exception>
    public FitsHdu Hdu(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        lock (gate)
        {
            Scan(index);
            if (index < hdus.Count)
            {
                return hdus[index];
            }
            throw scanError ?? FitsFormatException.OfFile(Name, $"{hdus.Count} HDUs", $"one with the number {index}, counted from 0");
        }
    }

    /// <summary>
    /// The picture to reduce: the first image of two axes, further axes of length 1 aside — the primary HDU, else the first image
    /// extension, else the first compressed image. The whole file is looked through, so that <see cref="Warnings"/> is complete.
    /// </summary>
    /// <exception cref="FitsFormatException">There is none (the message says what there is instead) or it is cut.</exception>
    public FitsImage FirstImage()
    {
        IReadOnlyList<FitsHdu> all = Hdus;
        FitsImage? image = FindImage();
        if (image is null)
        {
            throw scanError ?? FitsFormatException.OfFile(Name, Describe(all), "an image of two axes");
        }
        if (!Source.Reaches(image.DataOffset + image.DataLength))
        {
            throw image.Cut();
        }
        return image;
    }

    /// <summary>As <see cref="FirstImage"/>, but null where the file holds no such image, and without a look at its data.</summary>
    public FitsImage? FindImage()
    {
        FitsImage[] pictures = [.. Hdus.OfType<FitsImage>().Where(image => image.IsPicture)];
        return pictures.FirstOrDefault(image => image.Kind == FitsHduKind.Image) ?? pictures.FirstOrDefault();
    }

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    /// <summary>All HDUs; throws where the file is damaged instead of leaving the rest out.</summary>
    internal IReadOnlyList<FitsHdu> AllHdus()
    {
        IReadOnlyList<FitsHdu> all = Hdus;
        foreach (FitsHdu hdu in all)
        {
            EnsureWhole(hdu);
        }
        return scanError is null ? all : throw scanError;
    }

    internal void Warn(string warning)
    {
        warning = FitsFormatException.Printable(warning, int.MaxValue);
        lock (gate)
        {
            if (!warnings.Contains(warning))
            {
                warnings.Add(warning);
            }
        }
    }

    /// <summary>Throws unless the data of an HDU are there to the last byte and the container is in order.</summary>
    internal void EnsureWhole(FitsHdu hdu)
    {
        if (!Source.Reaches(hdu.DataOffset + hdu.DataLength))
        {
            throw hdu.Cut();
        }
        if (!containerChecked)
        {
            Source.CheckContainer(Warn);
            containerChecked = true;
        }
    }

    private static FitsFile Open(ByteSource source, FitsReadOptions options)
    {
        try
        {
            Span<byte> first = stackalloc byte[64];
            first = first[..source.Read(0, first)];
            if (GzipReader.IsGzip(first))
            {
                source = new GzipSource(source, options) { Name = source.Name };
                first = first[..source.Read(0, first)];
            }
            if (!first.StartsWith("SIMPLE  ="u8))
            {
                throw FitsFormatException.OfFile(source.Name, ForeignFormats.Describe(first), "a FITS file, which begins with SIMPLE  =");
            }
            var file = new FitsFile(source, options);
            file.Hdu(0);
            return file;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Finds HDUs up to the one asked for.</summary>
    private void Scan(int upTo)
    {
        while (!scanned && hdus.Count <= upTo)
        {
            try
            {
                ScanNext();
            }
            catch (FitsFormatException e)
            {
                scanned = true;
                scanError = e;
                if (hdus.Count > 0)
                {
                    Warn($"what follows HDU {hdus.Count - 1} is not used: {e.Message}");
                }
            }
        }
        VerifyIfAsked(upTo);
    }

    private void ScanNext()
    {
        int index = hdus.Count;
        long offset = index == 0 ? 0 : hdus[^1].EndOffset;
        if (index > 0 && !StartsExtension(hdus[^1], offset))
        {
            scanned = true;
            return;
        }
        if (index >= options.MaxHdus)
        {
            throw FitsFormatException.OfFile(
                Name,
                $"more than {options.MaxHdus} HDUs",
                "fewer; raise the bound on HDUs if the file is honest"
            );
        }
        void Note(string text) => Warn($"[HDU {index}] {text}");
        (FitsHeader header, long dataOffset) = HeaderReader.Read(Source, offset, index, options.MaxHeaderBytes, Note);
        HduStructure structure = HduStructure.Read(header, index == 0, Note);
        hdus.Add(Make(header, structure, index, offset, dataOffset));
        HeaderOddities.Note(header, structure, Note);
    }

    /// <summary>Whether an extension begins at an offset; junk there and a cut end become warnings.</summary>
    private bool StartsExtension(FitsHdu last, long offset)
    {
        long dataEnd = last.DataOffset + last.DataLength;
        int padding = (int)(offset - dataEnd);
        Span<byte> bytes = stackalloc byte[HduStructure.BlockBytes + 10];
        int read = Source.Read(dataEnd, bytes[..(padding + 10)]);
        byte fill = last.Kind == FitsHduKind.AsciiTable ? (byte)' ' : (byte)0;
        if (bytes[..Math.Min(read, padding)].ContainsAnyExcept(fill))
        {
            Warn($"[HDU {last.Index}] the last block of the data is not filled with {(fill == 0 ? "zeros" : "blanks")}");
        }
        int count = Math.Max(0, read - padding);
        if (count == 10 && bytes[padding..].StartsWith("XTENSION"u8))
        {
            return true;
        }
        if (count > 0)
        {
            Warn($"{Source.Length - offset} bytes after HDU {last.Index}, the last one, are ignored");
        }
        else if (!Source.Reaches(last.DataOffset + last.DataLength))
        {
            Warn(last.Cut().Message);
        }
        else if (
            last is FitsImage { Index: 0, Shape.Count: 0 }
            && last.Header.Find("EXTEND") is { Kind: FitsValueKind.Logical, Value: "T" }
        )
        {
            Warn("the primary header has no data and promises extensions (EXTEND = T), but the file ends behind it");
        }
        else if (!Source.Reaches(offset))
        {
            Warn($"the last block of HDU {last.Index} is not filled up to a multiple of 2880 bytes");
        }
        return false;
    }

    private FitsHdu Make(FitsHeader header, HduStructure structure, int index, long offset, long dataOffset) =>
        structure.Kind switch
        {
            FitsHduKind.Image or FitsHduKind.CompressedImage => new FitsImage(this, header, structure, index, offset, dataOffset),
            FitsHduKind.AsciiTable or FitsHduKind.BinaryTable or FitsHduKind.CompressedTable => new FitsTableHdu(
                this,
                header,
                structure,
                index,
                offset,
                dataOffset
            ),
            _ => new FitsOtherHdu(this, header, structure, index, offset, dataOffset),
        };

    private void VerifyIfAsked(int index)
    {
        if (!options.VerifyChecksums)
        {
            return;
        }
        for (int i = 0; i <= index && i < hdus.Count; i++)
        {
            if (verified.Add(i) && Source.Reaches(hdus[i].DataOffset + hdus[i].DataLength))
            {
                (FitsChecksumStatus data, FitsChecksumStatus all) = hdus[i].VerifyChecksums();
                if (data == FitsChecksumStatus.Wrong || all == FitsChecksumStatus.Wrong)
                {
                    string what =
                        data == FitsChecksumStatus.Wrong ? "data do not agree with DATASUM" : "header does not agree with CHECKSUM";
                    Warn($"[HDU {i}] the {what}: bytes have changed since it was written");
                }
            }
        }
    }

    private static string Describe(IReadOnlyList<FitsHdu> all) =>
        string.Join(", ", all.Take(6).Select(Describe)) + (all.Count > 6 ? $" and {all.Count - 6} more HDUs" : "");

    private static string Describe(FitsHdu hdu) =>
        hdu switch
        {
            FitsImage { Shape.Count: 0 } => "a header without data",
            FitsImage image => $"an array of {string.Join(" x ", image.Shape.Reverse())}",
            { Kind: FitsHduKind.RandomGroups } => "random groups",
            FitsTableHdu => "a table",
            _ => $"an extension of type {hdu.Header.Text("XTENSION")}",
        };
}
