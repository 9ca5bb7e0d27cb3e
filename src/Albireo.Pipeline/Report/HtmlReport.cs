using System.Globalization;
using System.Text;
using Albireo.Pipeline.Plots;
using static Albireo.Pipeline.Plots.Markup;

namespace Albireo.Pipeline.Report;

/// <summary>
/// The report as one HTML file that needs no script and no network: a content security policy in the page forbids both, whatever a
/// header's text may hold. Every text is escaped.
/// </summary>
public static class HtmlReport
{
    private const int ShortRows = 25; // more are scrolled through

    /// <summary>The whole page.</summary>
    public static string Write(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        List<(string Id, string Heading, Action<StringBuilder> Body)> chapters = Chapters(content);
        var html = new StringBuilder();
        Head(html, content);
        html.Append("<body>\n<main>\n<header>\n<h1>").Append(Escape(content.Title)).Append("</h1>\n");
        Paragraph(html, content.Subtitle, " class=\"lead\"");
        html.Append("</header>\n");
        Facts(html, content.KeyFacts);
        List(html, content.Notices, "<ul class=\"notices\">", "</ul>");
        foreach (string sentence in content.Summary)
        {
            Paragraph(html, sentence);
        }
        if (chapters.Count > 1)
        {
            html.Append("<nav aria-label=\"Contents\">\n<ul>\n");
            foreach ((string id, string heading, _) in chapters)
            {
                html.Append($"<li><a href=\"#{id}\">{Escape(heading)}</a></li>\n");
            }
            html.Append("</ul>\n</nav>\n");
        }
        foreach ((string id, string heading, Action<StringBuilder> body) in chapters)
        {
            html.Append($"<section id=\"{id}\">\n<h2>{Escape(heading)}</h2>\n");
            body(html);
            html.Append("</section>\n");
        }
        html.Append("</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static List<(string Id, string Heading, Action<StringBuilder> Body)> Chapters(ReportContent content)
    {
        var chapters = new List<(string Id, string Heading, Action<StringBuilder> Body)>();
        void Add(string heading, Action<StringBuilder> body) =>
            chapters.Add(("s" + (chapters.Count + 1).ToString(CultureInfo.InvariantCulture), heading, body));
        void AddTable(string heading, ReportTable? table)
        {
            if (table is not null)
            {
                Add(heading, html => Table(html, table));
            }
        }
        AddTable("Results", content.Results);
        foreach (ReportSection section in content.Sections)
        {
            Add(section.Heading, html => Section(html, section));
        }
        AddTable("Frames left out", content.FramesLeftOut);
        AddTable("Time audit", content.TimeAudit);
        if (!string.IsNullOrEmpty(content.CommandLine))
        {
            Add(
                "The same again",
                html =>
                    html.Append("<p>This command line gives the same result:</p>\n<pre>")
                        .Append(Escape(content.CommandLine))
                        .Append("</pre>\n")
            );
        }
        if (content.Versions.Count > 0)
        {
            Add("Versions", html => Versions(html, content.Versions));
        }
        if (content.Citations.Count > 0)
        {
            Add("Citations", html => List(html, content.Citations, "<ol class=\"citations\">", "</ol>"));
        }
        return chapters;
    }

    private static void Head(StringBuilder html, ReportContent content)
    {
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        );
        html.Append(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
        );
        html.Append($"<title>{Escape(content.Title)}</title>\n<style>\n{HtmlStyle.Css}{SvgWriter.Css}</style>\n</head>\n");
    }

    private static void Section(StringBuilder html, ReportSection section)
    {
        foreach (string paragraph in section.Paragraphs)
        {
            Paragraph(html, paragraph);
        }
        foreach (ReportFigure figure in section.Figures)
        {
            Figure(html, figure);
        }
        foreach (ReportTable table in section.Tables)
        {
            Table(html, table);
        }
    }

    private static void Figure(StringBuilder html, ReportFigure figure)
    {
        html.Append("<figure>\n<div class=\"wide\">\n").Append(figure.Wide.Head).Append(figure.Wide.Body);
        html.Append("</div>\n<div class=\"narrow\">\n");
        foreach (SvgDrawing one in figure.Narrow)
        {
            html.Append(one.Head).Append(one.Body);
        }
        html.Append("</div>\n<figcaption>").Append(Escape(figure.Caption));
        if (!string.IsNullOrEmpty(figure.FileName))
        {
            html.Append(" <code>").Append(Escape(figure.FileName)).Append("</code>");
        }
        html.Append("</figcaption>\n</figure>\n");
    }

    private static void Table(StringBuilder html, ReportTable table)
    {
        string[] classes = [.. Enumerable.Range(0, table.Columns.Count).Select(c => IsNumeric(table, c) ? " class=\"number\"" : "")];
        html.Append(
            $"<div class=\"table\">\n<div class=\"scroll{(table.Rows.Count > ShortRows ? " long" : "")}\" tabindex=\"0\" role=\"region\" aria-label=\"{Escape(table.Caption)}\">\n"
        );
        html.Append($"<table>\n<caption>{Escape(table.Caption)}</caption>\n<thead>\n<tr>");
        for (int c = 0; c < table.Columns.Count; c++)
        {
            html.Append($"<th scope=\"col\"{classes[c]}>{Escape(table.Columns[c])}</th>");
        }
        html.Append("</tr>\n</thead>\n<tbody>\n");
        foreach (IReadOnlyList<string?> row in table.Rows)
        {
            if (row.Count != table.Columns.Count)
            {
                throw new InvalidOperationException(
                    $"Table '{table.Caption}' has {table.Columns.Count} columns and a row of {row.Count} cells."
                );
            }
            html.Append("<tr>");
            for (int c = 0; c < row.Count; c++)
            {
                html.Append(
                    string.IsNullOrEmpty(row[c]) ? $"<td{MissingClass(classes[c])}>–</td>" : $"<td{classes[c]}>{Escape(row[c])}</td>"
                );
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n</div>\n");
        Paragraph(html, table.Note);
        html.Append("</div>\n");
    }

    private static string MissingClass(string columnClass) => columnClass.Length > 0 ? " class=\"number missing\"" : " class=\"missing\"";

    /// <summary>Whether every value of a column begins with a figure, a sign or a point.</summary>
    private static bool IsNumeric(ReportTable table, int column)
    {
        bool any = false;
        foreach (IReadOnlyList<string?> row in table.Rows)
        {
            if (column < row.Count && row[column] is { Length: > 0 } cell)
            {
                any = true;
                if (!double.TryParse(cell.Replace('−', '-').Split(' ', '%')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    return false;
                }
            }
        }
        return any;
    }

    private static void Facts(StringBuilder html, IReadOnlyList<ReportFact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }
        html.Append("<dl class=\"facts\">\n");
        foreach (ReportFact fact in facts)
        {
            html.Append($"<div><dt>{Escape(fact.Name)}</dt><dd class=\"value\">{Escape(fact.Value)}</dd>");
            html.Append(string.IsNullOrEmpty(fact.Note) ? "</div>\n" : $"<dd class=\"note\">{Escape(fact.Note)}</dd></div>\n");
        }
        html.Append("</dl>\n");
    }

    private static void Versions(StringBuilder html, IReadOnlyList<ReportFact> versions)
    {
        html.Append("<dl class=\"versions\">\n");
        foreach (ReportFact fact in versions)
        {
            string note = string.IsNullOrEmpty(fact.Note) ? "" : $" ({Escape(fact.Note)})";
            html.Append($"<dt>{Escape(fact.Name)}</dt><dd>{Escape(fact.Value)}{note}</dd>\n");
        }
        html.Append("</dl>\n");
    }

    private static void List(StringBuilder html, IReadOnlyList<string> items, string open, string close)
    {
        if (items.Count == 0)
        {
            return;
        }
        html.Append(open).Append('\n');
        foreach (string item in items)
        {
            html.Append("<li>").Append(Escape(item)).Append("</li>\n");
        }
        html.Append(close).Append('\n');
    }

    private static void Paragraph(StringBuilder html, string? text, string attributes = "")
    {
        if (!string.IsNullOrEmpty(text))
        {
            html.Append($"<p{attributes}>{Escape(text)}</p>\n");
        }
    }
}
