using Albireo.Fits;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Fits;

public sealed class FitsHeaderTests
{
    [Theory]
    [InlineData("EXPTIME =                 60.0 / seconds", FitsValueKind.Real, "60.0", "seconds")]
    [InlineData("EXPTIME =60./s", FitsValueKind.Real, "60.", "s")]
    [InlineData("EXPTIME = +060.00", FitsValueKind.Real, "+060.00", null)]
    [InlineData("X       = 1.5D+03 / D", FitsValueKind.Real, "1.5D+03", "D")]
    [InlineData("X       = .5", FitsValueKind.Real, ".5", null)]
    [InlineData("X       = -12", FitsValueKind.Integer, "-12", null)]
    [InlineData("X       = 1E999", FitsValueKind.Invalid, "1E999", null)]
    [InlineData("X       = 3,14", FitsValueKind.Invalid, "3,14", null)]
    [InlineData("X       = 9x6", FitsValueKind.Invalid, "9x6", null)]
    [InlineData("X       = T / yes", FitsValueKind.Logical, "T", "yes")]
    [InlineData("X       = (1.0, -2) / pair", FitsValueKind.Complex, "(1.0, -2)", "pair")]
    [InlineData("X       = / nothing", FitsValueKind.Undefined, null, "nothing")]
    [InlineData("X       =", FitsValueKind.Undefined, null, null)]
    [InlineData("X       = 'it''s / so' / text", FitsValueKind.Text, "it's / so", "text")]
    [InlineData("X       = ''", FitsValueKind.Text, "", null)]
    [InlineData("X       = 'open", FitsValueKind.Invalid, "'open", null)]
    [InlineData("COMMENT = 3", FitsValueKind.None, null, "= 3")]
    [InlineData("HISTORY it was", FitsValueKind.None, null, "it was")]
    [InlineData("HIERARCH ESO DPR  TYPE = 'OBJECT' / eso", FitsValueKind.Text, "OBJECT", "eso")]
    [InlineData("HIERARCH nothing here", FitsValueKind.None, null, " nothing here")]
    public void Cards_are_taken_apart(string image, FitsValueKind kind, string? value, string? comment)
    {
        var header = new FitsHeader();
        header.AddCard(image);
        Assert.Equal((kind, value, comment), (header[0].Kind, header[0].Value, header[0].Comment));
        Assert.Equal(image.PadRight(80), header[0].Image);
    }

    [Fact]
    public void Values_are_read_by_type_and_errors_name_keyword_and_text()
    {
        var header = new FitsHeader();
        header.AddCard("A       = 1.5D+03");
        header.AddCard("B       = 2.0");
        header.AddCard("C       = 'text  '");
        header.AddCard("D       =");
        header.AddCard("HIERARCH ESO DET OUT1 GAIN = 0.53 / gain");
        header.AddCard("E       = 123456789012345678901234567890");
        Assert.Equal(1500, header.Real("a"));
        Assert.Equal(2, header.Integer("B"));
        Assert.Equal("text", header.Text("C"));
        Assert.Null(header.Real("D"));
        Assert.Null(header.Text("D"));
        Assert.Null(header.Real("absent"));
        Assert.Equal(0.53, header.Real("ESO DET OUT1 GAIN"));
        Assert.Equal(0.53, header.Real("HIERARCH ESO DET OUT1 GAIN"));
        Assert.Equal(1.2345678901234568e29, header.Real("E"));
        FitsFormatException error = Assert.Throws<FitsFormatException>(() => header.Real("C"));
        Assert.Equal("C", error.Keyword);
        Assert.Contains("'text", error.Message, StringComparison.Ordinal);
        Assert.Throws<FitsFormatException>(() => header.Integer("A ".Trim() == "A" ? "C" : "A"));
        Assert.Throws<FitsFormatException>(() => header.Integer("E"));
        Assert.Throws<FitsFormatException>(() => header.Logical("A"));
    }

    [Fact]
    public void Long_texts_continue_and_long_keywords_are_hierarch()
    {
        var header = new FitsHeader();
        string text = string.Concat(Enumerable.Range(0, 60).Select(i => $"it's {i} "));
        header.Set("LONGTEXT", text, "comment");
        header.Set("ESO INS MODE", "x");
        header.Set("AFTER", 1);
        Assert.Equal(text.TrimEnd(), header.Text("LONGTEXT"));
        Assert.Equal("comment", header.Find("LONGTEXT")!.Comment);
        Assert.Equal("x", header.Text("ESO INS MODE"));
        Assert.StartsWith("HIERARCH ESO INS MODE = 'x", header.Find("ESO INS MODE")!.Image, StringComparison.Ordinal);
        int count = header.Count;
        header.Set("LONGTEXT", text + text);
        Assert.Equal((text + text).TrimEnd(), header.Text("LONGTEXT"));
        Assert.True(header.Count > count);
        header.Set("LONGTEXT", "short");
        Assert.Equal(3, header.Count);
        Assert.True(header.Remove("LONGTEXT"));
        Assert.Equal(["ESO INS MODE", "AFTER"], header.Select(card => card.Keyword));
    }

    [Fact]
    public void Setting_keeps_position_and_comment()
    {
        var header = new FitsHeader();
        header.AddCard("A       =                    1 / first");
        header.AddCard("B       =                    2 / second");
        header.Set("A", 0.1);
        Assert.Equal("A       =                  0.1 / first".PadRight(80), header[0].Image);
        header.Set("A", 3.0, "new");
        Assert.Equal("A       =                  3.0 / new".PadRight(80), header[0].Image);
        header.Set("A", double.NaN);
        Assert.Equal(FitsValueKind.Undefined, header[0].Kind);
        header.Set("B", true);
        Assert.Equal("B       =                    T / second".PadRight(80), header[1].Image);
        Assert.Throws<ArgumentException>(() => header.Set("A", double.PositiveInfinity));
    }

    [Fact]
    public void Complex_values_are_read()
    {
        var header = new FitsHeader();
        header.AddCard("C       = (1.5, -2D1) / pair");
        header.AddCard("D       = (1.5, x)");
        Assert.Equal(new System.Numerics.Complex(1.5, -20), header.Complex("C"));
        Assert.Null(header.Complex("absent"));
        Assert.Throws<FitsFormatException>(() => header.Complex("D"));
        Assert.Throws<FitsFormatException>(() => header.Real("C"));
    }

    [Fact]
    public void Keywords_and_cards_that_fits_does_not_know_are_refused()
    {
        var header = new FitsHeader();
        foreach (
            string keyword in new[] { "", "END", "COMMENT", "CONTINUE", "A=B", "A/B", "A'B", "caf\u00e9", " lead", new string('x', 61) }
        )
        {
            Assert.Throws<ArgumentException>(() => header.Set(keyword, 1));
        }
        Assert.Throws<ArgumentException>(() => header.Set(new string('x', 55), long.MinValue));
        Assert.Throws<ArgumentException>(() => header.AddCard(new string('x', 81)));
        Assert.Throws<ArgumentException>(() => header.AddCard("END"));
        Assert.Throws<ArgumentException>(() => header.AddCard("A       = '\u4e2d'"));
        header.Set("OBJECT", "\u4e2d a", "\u00e9");
        Assert.Equal("? a", header.Text("OBJECT"));
        header.AddComment("two\nlines");
        Assert.Equal(["two", "lines"], header.FindAll("COMMENT").Select(card => card.Comment));
        Assert.Equal(3, header.Clone().Count);
    }

    [Fact]
    public void An_ampersand_without_continue_is_part_of_the_text()
    {
        var header = new FitsHeader();
        header.AddCard("A       = 'tom &'");
        header.AddCard("B       = 'jerry'");
        header.AddCard("CONTINUE  'not a part of B'");
        header.AddCard("C       = 'a&'");
        header.AddCard("CONTINUE  'b&' / one");
        header.AddCard("CONTINUE  'c' / two");
        Assert.Equal("tom &", header.Text("A"));
        Assert.Equal("jerry", header.Text("B"));
        Assert.Equal("abc", header.Text("C"));
        Assert.Equal("one two", header.Find("C")!.Comment);
        Assert.Equal(6, header.Count);
    }

    [Fact]
    public void Changed_cards_are_found_and_joined_as_those_of_a_header_read_anew()
    {
        const ulong Seed = 20260712;
        for (int i = 0; i < 40; i++)
        {
            SeededRandom random = SeededRandom.Child(Seed, (ulong)i);
            var header = new FitsHeader();
            for (int change = 0; change < 60; change++)
            {
                string keyword = "K" + random.Below(12);
                switch (random.Below(i % 2 == 0 ? 4 : 6))
                {
                    case 0:
                        header.Set(keyword, random.Below(1000), "number");
                        break;
                    case 1:
                        header.Set(keyword, "short");
                        break;
                    case 2:
                        header.Remove(keyword);
                        break;
                    case 3:
                        header.AddCard(keyword.PadRight(8) + "= 'a&'");
                        break;
                    case 4:
                        header.Set(keyword, new string('x', 60 + random.Below(200)), "over several cards");
                        break;
                    default:
                        header.AddCard("CONTINUE  'more'");
                        break;
                }
                FitsHeader anew = header.Clone();
                Assert.Equal(anew.Select(card => (card.Keyword, card.Value)), header.Select(card => (card.Keyword, card.Value)));
                for (int k = 0; k < 12; k++)
                {
                    Assert.Equal(anew.IndexOf("K" + k), header.IndexOf("K" + k));
                }
            }
        }
    }
}
