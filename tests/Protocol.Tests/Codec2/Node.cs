// Runs a script of the JavaScript client.
using System.Diagnostics;

namespace Aetheris.Protocol.Tests.Codec2;

internal static class Node
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs a script to its end. A machine without node fails the test.</summary>
    /// <param name="arguments">The script and what it is given.</param>
    /// <param name="input">Its standard input.</param>
    public static (int Code, string Output) Run(IEnumerable<string> arguments, string input = "")
    {
        using var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false },
        };
        try
        {
            node.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Fail("node is missing: install nodejs (test.sh does). " + e.Message);
        }

        node.StandardInput.Write(input);
        node.StandardInput.Close();
        var output = node.StandardOutput.ReadToEnd().TrimEnd();
        Assert.True(node.WaitForExit(Patience), "node did not end");
        return (node.ExitCode, output);
    }
}
