// What the command line asks of the shell, apart from configuration.
namespace Aetheris.Hosting.Startup;

internal sealed record ProcessArguments(bool Help, bool Verbose, string[] Configuration)
{
    public static ProcessArguments Parse(string[] args)
    {
        var rest = new List<string>(args.Length);
        var help = false;
        var verbose = false;
        foreach (var argument in args)
        {
            switch (argument)
            {
                // Taken out before configuration sees them: its reader would use the next argument as their value.
                case "--help" or "-h" or "-?":
                    help = true;
                    break;
                case "--verbose":
                    verbose = true;
                    break;
                default:
                    rest.Add(argument);
                    break;
            }
        }

        return new ProcessArguments(help, verbose, [.. rest]);
    }
}
