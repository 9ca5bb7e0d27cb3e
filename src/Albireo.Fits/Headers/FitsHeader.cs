using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Albireo.Fits;

/// <summary>
/// The cards of one HDU in their order, each as stored: comments, spacing, duplicates, HISTORY, blank cards. END is not among them.
/// Keywords are looked up without regard to case; of duplicates the first counts. Values that CONTINUE over several cards are
/// joined in the first one's <see cref="FitsCard.Value"/>.
/// </summary>
public sealed class FitsHeader : IReadOnlyList<FitsCard>
{
    private const int UsualCards = 36; // of a block

    private readonly List<FitsCard> cards;
    private Dictionary<string, int>? firstIndex;
    private bool mayContinue; // a CONTINUE card has been among them

    /// <summary>A header without cards.</summary>
    public FitsHeader()
    {
        cards = [];
    }

    private FitsHeader(List<FitsCard> cards)
    {
        this.cards = cards;
        mayContinue = cards.Exists(IsContinue);
        LinkContinuations();
    }

    /// <summary>Name for error messages: the file that the header came from.</summary>
    internal string Origin { get; set; } = "header";

    /// <summary>Number of the HDU for error messages.</summary>
    internal int OriginHdu { get; set; }

    /// <inheritdoc/>
    public int Count => cards.Count;

    /// <inheritdoc/>
    public FitsCard this[int index] => cards[index];

    /// <summary>A header from its bytes: as many whole cards of 80 bytes as there are, without END.</summary>
    internal static FitsHeader FromBytes(ReadOnlySpan<byte> bytes, string origin, int hdu)
    {
        var found = new List<FitsCard>(bytes.Length / FitsCard.Length);
        for (int i = 0; i + FitsCard.Length <= bytes.Length; i += FitsCard.Length)
        {
            found.Add(new FitsCard(Encoding.Latin1.GetString(bytes.Slice(i, FitsCard.Length))));
        }
        return new FitsHeader(found) { Origin = origin, OriginHdu = hdu };
    }

    /// <summary>Whether a card has this keyword (HIERARCH keywords as <c>ESO DPR TYPE</c>, with or without the word HIERARCH).</summary>
    public bool Contains(string keyword) => IndexOf(keyword) >= 0;

    /// <summary>The first card with this keyword, or null.</summary>
    public FitsCard? Find(string keyword)
    {
        int index = IndexOf(keyword);
        return index < 0 ? null : cards[index];
    }

    /// <summary>All cards with this keyword in their order.</summary>
    public IEnumerable<FitsCard> FindAll(string keyword)
    {
        string name = Normal(keyword);
        return cards.Where(card => card.Keyword.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The value as text without trailing blanks, whatever its type; null when absent or undefined.</summary>
    public string? Text(string keyword) => Find(keyword)?.Value?.TrimEnd(' ');

    /// <summary>The value as a number; a whole number counts. Null when absent or undefined.</summary>
    /// <exception cref="FitsFormatException">The value is of another type or exceeds the range of a double.</exception>
    public double? Real(string keyword) =>
        !HasValue(keyword, out FitsCard card) ? null
        : card.TryReal(out double value) ? value
        : throw Mismatch(card, "a number");

    /// <summary>The value as a whole number; a real without a fraction (<c>2.0</c>) counts. Null when absent or undefined.</summary>
    /// <exception cref="FitsFormatException">The value is of another type or exceeds 64 bits.</exception>
    public long? Integer(string keyword) =>
        !HasValue(keyword, out FitsCard card) ? null
        : card.TryInteger(out long value) ? value
        : throw Mismatch(card, "a whole number of at most 64 bits");

    /// <summary>The value as true (T) or false (F); null when absent or undefined.</summary>
    /// <exception cref="FitsFormatException">The value is of another type.</exception>
    public bool? Logical(string keyword) =>
        !HasValue(keyword, out FitsCard card) ? null
        : card.Kind == FitsValueKind.Logical ? card.Value == "T"
        : throw Mismatch(card, "T or F");

    /// <summary>The value as a complex number <c>(re, im)</c>; null when absent or undefined.</summary>
    /// <exception cref="FitsFormatException">The value is of another type.</exception>
    public Complex? Complex(string keyword) =>
        !HasValue(keyword, out FitsCard card) ? null
        : card.TryComplex(out Complex value) ? value
        : throw Mismatch(card, "two numbers in parentheses");

    /// <summary>Sets a text; see <see cref="Set(string, double, string?)"/>. Texts that exceed a card go on in CONTINUE cards.</summary>
    public void Set(string keyword, string value, string? comment = null)
    {
        Place place = PlaceOf(keyword, comment);
        if (CardWriter.ShortText(place.Name, value, place.Comment) is { } image)
        {
            Put(place, image);
        }
        else
        {
            Put(place, CardWriter.LongText(place.Name, value, place.Comment));
        }
    }

    /// <summary>
    /// Sets a value in place: the card keeps its position, and its comment where <paramref name="comment"/> is null. A new keyword
    /// is appended. The number is written in the shortest form that reads back the same; NaN becomes an undefined value.
    /// Keywords that are longer than eight characters or have blanks follow the HIERARCH convention.
    /// </summary>
    /// <exception cref="ArgumentException">The keyword has characters that FITS does not know, or the value is infinite.</exception>
    public void Set(string keyword, double value, string? comment = null) =>
        SetValue(keyword, CardWriter.Shortest(value, stackalloc char[CardWriter.LongestNumber]), comment);

    /// <summary>Sets a whole number; see <see cref="Set(string, double, string?)"/>.</summary>
    public void Set(string keyword, long value, string? comment = null)
    {
        Span<char> text = stackalloc char[CardWriter.LongestNumber];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        SetValue(keyword, text[..length], comment);
    }

    /// <summary>Sets a whole number; see <see cref="Set(string, double, string?)"/>.</summary>
    public void Set(string keyword, int value, string? comment = null) => Set(keyword, (long)value, comment);

    /// <summary>Sets T or F; see <see cref="Set(string, double, string?)"/>.</summary>
    public void Set(string keyword, bool value, string? comment = null) => SetValue(keyword, value ? "T" : "F", comment);

    /// <summary>Sets a number, without a point where it is whole and has at most 19 digits.</summary>
    internal void SetNumber(string keyword, double value, string? comment)
    {
        Span<char> text = stackalloc char[CardWriter.LongestNumber];
        if (value == Math.Floor(value) && Math.Abs(value) < 1e19)
        {
            value.TryFormat(text, out int length, "F0", CultureInfo.InvariantCulture);
            SetValue(keyword, text[..length], comment);
            return;
        }
        SetValue(keyword, CardWriter.Shortest(value, text), comment);
    }

    /// <summary>Removes every card with this keyword, and the CONTINUE cards that belong to it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string keyword)
    {
        var gone = new HashSet<FitsCard>(ReferenceEqualityComparer.Instance);
        foreach (FitsCard card in FindAll(keyword))
        {
            gone.Add(card);
            gone.UnionWith(card.Continuations);
        }
        firstIndex = null;
        bool any = cards.RemoveAll(gone.Contains) > 0;
        LinkContinuations();
        return any;
    }

    /// <summary>Appends HISTORY, on as many cards as the text needs.</summary>
    public void AddHistory(string text) => AddCards(CardWriter.Commentary("HISTORY", text));

    /// <summary>Appends COMMENT, on as many cards as the text needs.</summary>
    public void AddComment(string text) => AddCards(CardWriter.Commentary("COMMENT", text));

    /// <summary>Appends a card as it is; shorter than 80 columns is filled with blanks.</summary>
    /// <exception cref="ArgumentException">Longer than 80 columns, characters beyond Latin-1, or END.</exception>
    public void AddCard(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (
            image.Length > FitsCard.Length
            || image.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff')
            || image.AsSpan().TrimEnd(' ') is "END"
        )
        {
            throw new ArgumentException($"A card has at most 80 Latin-1 characters and is not END: {image}", nameof(image));
        }
        AddCards([image.PadRight(FitsCard.Length)]);
    }

    /// <summary>A copy that can be changed by itself.</summary>
    public FitsHeader Clone() => new([.. cards.Select(card => card.Alone())]) { Origin = Origin, OriginHdu = OriginHdu };

    /// <inheritdoc/>
    public IEnumerator<FitsCard> GetEnumerator() => cards.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Puts cards before the card at <paramref name="index"/>.</summary>
    internal void InsertCards(int index, IEnumerable<string> images) => InsertCards(index, images.Select(image => new FitsCard(image)));

    /// <summary>Puts cards before the card at <paramref name="index"/>; they belong to no other header.</summary>
    internal void InsertCards(int index, IEnumerable<FitsCard> own)
    {
        bool appended = index == cards.Count;
        foreach (FitsCard card in own)
        {
            if (appended)
            {
                firstIndex?.TryAdd(card.Keyword, index);
            }
            mayContinue |= IsContinue(card);
            cards.Insert(index++, card);
        }
        if (!appended)
        {
            firstIndex = null;
        }
        LinkContinuations();
    }

    /// <summary>The error for a card whose value cannot be what it should.</summary>
    internal FitsFormatException Mismatch(FitsCard card, string expected) =>
        new(Origin, OriginHdu, card.Keyword, card.Kind == FitsValueKind.Text ? $"'{card.Value}'" : card.Value ?? "nothing", expected);

    /// <summary>Whether more than one card has this keyword.</summary>
    internal bool HasSeveral(string keyword)
    {
        int first = IndexOf(keyword);
        return first >= 0 && cards.FindIndex(first + 1, card => card.Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase)) >= 0;
    }

    internal int IndexOf(string keyword)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        Dictionary<string, int>? index = firstIndex;
        if (index is null)
        {
            index = new Dictionary<string, int>(Math.Max(cards.Count, UsualCards), StringComparer.OrdinalIgnoreCase);
            for (int i = 0; i < cards.Count; i++)
            {
                index.TryAdd(cards[i].Keyword, i);
            }
            firstIndex = index;
        }
        return index.TryGetValue(Normal(keyword), out int found) ? found : -1;
    }

    private static string Normal(string keyword) =>
        keyword.StartsWith("HIERARCH ", StringComparison.OrdinalIgnoreCase) ? keyword["HIERARCH ".Length..].Trim() : keyword;

    private bool HasValue(string keyword, out FitsCard card)
    {
        card = Find(keyword)!;
        return card is not null && card.Kind is not (FitsValueKind.None or FitsValueKind.Undefined);
    }

    private void SetValue(string keyword, ReadOnlySpan<char> value, string? comment)
    {
        Place place = PlaceOf(keyword, comment);
        Put(place, CardWriter.Number(place.Name, value, place.Comment));
    }

    // Where a value goes, under which name, and with which comment.
    private readonly record struct Place(string Name, int Index, string? Comment);

    private Place PlaceOf(string keyword, string? comment)
    {
        string name = CardWriter.CheckedKeyword(Normal(keyword));
        int index = IndexOf(name);
        return new Place(name, index, comment ?? (index < 0 || cards[index].Kind == FitsValueKind.None ? null : cards[index].Comment));
    }

    private void Put(Place place, string image)
    {
        FitsCard card = CardWriter.IsSimple(place.Name) ? new FitsCard(image, place.Name) : new FitsCard(image);
        if (place.Index < 0)
        {
            firstIndex?.TryAdd(card.Keyword, cards.Count);
            cards.Add(card);
        }
        else if (cards[place.Index].Continuations.Count == 0)
        {
            cards[place.Index] = card; // the same keyword at the same place
        }
        else
        {
            Put(place, [image]);
            return;
        }
        LinkContinuations();
    }

    private void Put(Place place, IReadOnlyList<string> images)
    {
        if (place.Index >= 0)
        {
            cards.RemoveRange(place.Index, 1 + cards[place.Index].Continuations.Count);
            firstIndex = null;
        }
        InsertCards(place.Index < 0 ? cards.Count : place.Index, images);
    }

    private void AddCards(IReadOnlyList<string> images) => InsertCards(cards.Count, images);

    private static bool IsContinue(FitsCard card) => card.Keyword == "CONTINUE";

    /// <summary>Ties CONTINUE cards to the text card before them, if its text ends in an ampersand.</summary>
    private void LinkContinuations()
    {
        if (!mayContinue)
        {
            return; // as most headers: setting a card looks at no other
        }
        for (int i = 0; i + 1 < cards.Count; i++)
        {
            FitsCard card = cards[i];
            if (cards[i + 1].Keyword != "CONTINUE" || card.Keyword == "CONTINUE")
            {
                if (card.Continuations.Count > 0)
                {
                    card.Continuations = [];
                }
                continue;
            }
            int end = i;
            while (end + 1 < cards.Count && CardParser.ExpectsMore(cards[end]) && CardParser.IsContinuation(cards[end + 1]))
            {
                end++;
            }
            card.Continuations = cards.GetRange(i + 1, end - i);
        }
    }
}
