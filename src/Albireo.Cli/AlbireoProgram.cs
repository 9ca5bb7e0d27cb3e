namespace Albireo.Cli;

public static class AlbireoProgram
{
    public static int Run(string[] args) => args.Length == 0 ? 2 : 0;
}
