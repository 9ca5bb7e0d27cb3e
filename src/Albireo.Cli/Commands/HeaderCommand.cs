using System.CommandLine;
using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo header FILE [KEY...]</c>: cards as stored.</summary>
public static class HeaderCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = PathArguments.One("FILE", "a FITS file");
        var keys = new Argument<string[]>("KEY") { Description = "only these keywords", Arity = ArgumentArity.ZeroOrMore };
        var hdu = new Option<int?>("--hdu")
        {
            Description = "the HDU's number from 0 (default: the one that holds the picture)",
            HelpName = "N",
        };
        var command = new Command("header", "Cards of a header, as stored.") { file, keys, hdu };
        command.SetAction(parsed => Run(context, parsed.GetValue(file)!, parsed.GetValue(keys) ?? [], parsed.GetValue(hdu)));
        return command;
    }

    private static int Run(CommandContext context, string path, string[] keys, int? hdu)
    {
        InputFiles.RequireFile(path);
        using FitsFile file = FitsFile.Open(path);
        FitsHeader header = Choose(file, path, hdu).Header;
        if (keys.Length == 0)
        {
            foreach (FitsCard card in header)
            {
                context.Out.WriteLine(SafeText.OneLine(card.Image.TrimEnd()));
            }
            return ExitCodes.Done;
        }
        int missing = 0;
        foreach (string key in keys)
        {
            FitsCard[] cards = [.. header.FindAll(key.ToUpperInvariant())];
            foreach (FitsCard card in cards)
            {
                context.Out.WriteLine(SafeText.OneLine(card.Image.TrimEnd()));
            }
            if (cards.Length == 0)
            {
                missing++;
                context.Error.WriteLine($"albireo: {SafeText.OneLine(path)} has no keyword {SafeText.OneLine(key)}.");
            }
        }
        return missing == keys.Length ? ExitCodes.NoResult : ExitCodes.Done;
    }

    private static FitsHdu Choose(FitsFile file, string path, int? hdu)
    {
        if (hdu is not { } index)
        {
            try
            {
                return file.FirstImage();
            }
            catch (FitsFormatException)
            {
                return file.Hdu(0); // no picture: the primary header is what there is to see
            }
        }
        if (index < 0 || index >= file.Hdus.Count)
        {
            throw new AlbireoException(Failure.Usage, $"--hdu {index}: {path} has {file.Hdus.Count} HDU(s), numbered from 0.");
        }
        return file.Hdu(index);
    }
}
