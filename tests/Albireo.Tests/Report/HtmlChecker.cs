using System.Text.RegularExpressions;

namespace Albireo.Tests.Report;

/// <summary>
/// A strict reader of HTML, stricter than the standard: every element closed in its place, every attribute quoted and given once,
/// only known entities, ids unique and every link to one of them, nothing fetched from anywhere, no script.
/// </summary>
internal static partial class HtmlChecker
{
    private static readonly string[] Void = ["meta", "link", "br", "hr", "img", "input"];
    private static readonly string[] Known =
    [
        .. "html head meta title style body main header nav section h1 h2 p ul ol li dl dt dd div a figure figcaption table caption".Split(
            ' '
        ),
        .. "thead tbody tr th td pre code svg g rect path circle text image desc".Split(' '),
    ];
    private static readonly string[] OnlyPhrasing =
    [
        "p",
        "h1",
        "h2",
        "dt",
        "th",
        "td",
        "caption",
        "pre",
        "figcaption",
        "li",
        "a",
        "code",
        "title",
    ];
    private static readonly string[] Phrasing = ["code", "a"];

    public static void Check(string html)
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", html);
        var open = new Stack<string>();
        var ids = new HashSet<string>();
        var links = new List<string>();
        int at = "<!DOCTYPE html>\n".Length;
        while (at < html.Length)
        {
            int tag = html.IndexOf('<', at);
            string text = tag < 0 ? html[at..] : html[at..tag];
            Assert.False(text.Contains('>'), $"a bare > in '{text}'");
            CheckEntities(text);
            Assert.True(open.Count > 0 || string.IsNullOrWhiteSpace(text), $"'{text}' outside the page");
            if (tag < 0)
            {
                break;
            }
            int end = html.IndexOf('>', tag);
            Match match = Tag().Match(html[tag..(end + 1)]);
            Assert.True(match.Success, $"not a tag: {html[tag..(end + 1)]}");
            string name = match.Groups["name"].Value;
            Assert.Contains(name, Known);
            if (match.Groups["close"].Length > 0)
            {
                Assert.True(open.Count > 0 && open.Peek() == name, $"</{name}> closes <{(open.Count > 0 ? open.Peek() : "")}>");
                open.Pop();
            }
            else
            {
                CheckPlace(open, name);
                CheckAttributes(match.Groups["attribute"].Captures.Select(c => c.Value), ids, links);
                if (!Void.Contains(name) && match.Groups["empty"].Length == 0)
                {
                    open.Push(name);
                }
                Assert.True(match.Groups["empty"].Length == 0 || open.Contains("svg"), $"<{name}/> outside a drawing");
                if (name == "style")
                {
                    end = html.IndexOf("</style>", end, StringComparison.Ordinal) - 1;
                    CheckStyle(html[tag..end]);
                }
            }
            at = end + 1;
        }
        Assert.Empty(open);
        Assert.All(links, link => Assert.True(link.StartsWith('#') && ids.Contains(link[1..]), $"a link to {link}"));
    }

    private static void CheckPlace(Stack<string> open, string name)
    {
        string parent = open.Count > 0 ? open.Peek() : "";
        Assert.True(!OnlyPhrasing.Contains(parent) || Phrasing.Contains(name), $"<{name}> in <{parent}>");
        string[] parents = name switch
        {
            "li" => ["ul", "ol"],
            "dt" or "dd" => ["dl", "div"],
            "tr" => ["thead", "tbody"],
            "th" or "td" => ["tr"],
            "thead" or "tbody" or "caption" => ["table"],
            "figcaption" => ["figure"],
            "head" or "body" => ["html"],
            _ => [parent],
        };
        Assert.Contains(parent, parents);
    }

    private static void CheckAttributes(IEnumerable<string> attributes, HashSet<string> ids, List<string> links)
    {
        var seen = new HashSet<string>();
        foreach (string attribute in attributes)
        {
            string name = attribute[..attribute.IndexOf('=')].Trim();
            string value = attribute[(attribute.IndexOf('"') + 1)..^1];
            Assert.True(seen.Add(name), $"{name} twice");
            Assert.False(name.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute);
            CheckEntities(value);
            switch (name)
            {
                case "id":
                    Assert.True(ids.Add(value), $"the id {value} twice");
                    break;
                case "href" when !value.StartsWith("data:image/png;base64,", StringComparison.Ordinal):
                    links.Add(value);
                    break;
                case "src" or "srcset" or "action" or "xlink:href" or "formaction" or "poster" or "background":
                    Assert.Fail(attribute);
                    break;
                case "style":
                    CheckStyle(value);
                    break;
            }
        }
    }

    private static void CheckStyle(string css)
    {
        Assert.DoesNotContain("url(", css);
        Assert.DoesNotContain("@import", css);
        Assert.Equal(css.Count(c => c == '{'), css.Count(c => c == '}'));
    }

    private static void CheckEntities(string text)
    {
        for (int i = text.IndexOf('&'); i >= 0; i = text.IndexOf('&', i + 1))
        {
            string rest = text[i..Math.Min(text.Length, i + 6)];
            Assert.True(new[] { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" }.Any(rest.StartsWith), $"a bare & in '{rest}'");
        }
        Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\n' or '\t'));
    }

    [GeneratedRegex(
        """^<(?<close>/?)(?<name>[a-z][a-z0-9]*)(?<attribute>\s+[a-zA-Z:-]+="[^"<]*")*\s*(?<empty>/?)>$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Tag();
}
