using Albireo.Pipeline.Products;
using Spectre.Console;

namespace Albireo.Cli;

/// <summary>Tables on stdout: aligned columns, no control characters from files.</summary>
public static class TextTable
{
    public static void Write(CommandContext context, IEnumerable<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(context.Out),
            }
        );
        console.Profile.Width = 10_000; // a terminal wraps by itself; a pipe wants whole lines
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap());
        }
        foreach (IReadOnlyList<string?> row in rows)
        {
            table.AddRow([.. row.Select(c => Markup.Escape(SafeText.OneLine(c ?? "")))]);
        }
        console.Write(table);
    }
}
