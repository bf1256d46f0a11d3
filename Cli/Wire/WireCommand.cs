// `aetheris wire`: codecs by hand — check vector files, turn hex into JSON and back.
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Json;

namespace Aetheris.Cli.Wire;

/// <summary>The <c>wire</c> command.</summary>
public static class WireCommand
{
    private const string KindDescription = "event, framed_update or component:NAME";

    /// <summary>Creates the command with its three subcommands.</summary>
    public static Command Create() => new("wire", "Check, decode and encode messages of codec 1.")
    {
        CreateVerify(),
        CreateDecode(),
        CreateEncode(),
    };

    private static Command CreateVerify()
    {
        var files = new Argument<string[]>("path") { Description = "Vector files, or folders of them (*.json).", Arity = ArgumentArity.OneOrMore };
        var command = new Command("verify", "Run vector files of codec 1 or 2 through the codec, both directions.") { files };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var run = new VectorRun(output);
            var codec2 = new Codec2Vectors(output);
            var path = string.Empty;
            try
            {
                foreach (var (file, isNamed) in result.GetRequiredValue(files).SelectMany(FilesAt))
                {
                    path = file;
                    using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                    if (Codec2Vectors.IsSuch(document.RootElement))
                        codec2.RunFile(document.RootElement);
                    else if (isNamed || document.RootElement.ValueKind == JsonValueKind.Array)
                        run.RunFile(document.RootElement);
                    else
                        output.WriteLine($"{Path.GetFileName(file)}: not a vector file, left out");
                }
            }
            catch (Exception error) when (IsInputError(error))
            {
                return Fail(result, $"cannot read {path}: {error.Message}");
            }

            var passed = run.Passed + codec2.Passed;
            var failed = run.Failed + codec2.Failed;
            if (passed + failed == 0)
                result.InvocationConfiguration.Error.WriteLine("no vectors in " + string.Join(", ", result.GetRequiredValue(files)));
            output.WriteLine($"{passed} passed, {failed} failed");
            return failed == 0 && passed > 0 ? 0 : 1;
        });
        return command;
    }

    private static Command CreateDecode()
    {
        var kind = new Option<string>("--kind") { Description = KindDescription, Required = true };
        var plain = new Option<bool>("--plain") { Description = "Floats as numbers instead of bit patterns." };
        var hex = new Argument<string>("hex") { Description = "The message in hexadecimal, - for standard input." };
        var command = new Command("decode", "Turn hexadecimal into JSON.") { kind, plain, hex };
        command.SetAction(result =>
        {
            var name = result.GetRequiredValue(kind);
            if (!WireValueKinds.IsKnown(name))
                return Fail(result, $"no such kind: {name} ({KindDescription})");
            if (!JsonScalars.TryParseHex(ReadInput(result.GetRequiredValue(hex)).Trim(), out var bytes))
                return Fail(result, "the message is not hexadecimal");
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                if (!WireValueKinds.TryDecode(name, bytes, json, result.GetValue(plain) ? JsonNumberForm.Plain : JsonNumberForm.Exact))
                    return Fail(result, $"no valid {name}");
            }

            result.InvocationConfiguration.Output.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
            return 0;
        });
        return command;
    }

    private static Command CreateEncode()
    {
        var kind = new Option<string>("--kind") { Description = KindDescription, Required = true };
        var value = new Argument<string>("json") { Description = "The value as JSON, - for standard input." };
        var command = new Command("encode", "Turn JSON into hexadecimal.") { kind, value };
        command.SetAction(result =>
        {
            var name = result.GetRequiredValue(kind);
            if (!WireValueKinds.IsKnown(name))
                return Fail(result, $"no such kind: {name} ({KindDescription})");
            var encoded = new ByteWriter();
            try
            {
                using var document = JsonDocument.Parse(ReadInput(result.GetRequiredValue(value)));
                if (!WireValueKinds.TryEncode(name, document.RootElement, encoded))
                    return Fail(result, $"no valid {name}");
            }
            catch (Exception error) when (IsInputError(error))
            {
                return Fail(result, "cannot read the JSON: " + error.Message);
            }

            result.InvocationConfiguration.Output.WriteLine(Convert.ToHexStringLower(encoded.Written));
            return 0;
        });
        return command;
    }

    /// <summary>A file that was named must hold vectors; a folder may have other files beside them.</summary>
    private static IEnumerable<(string File, bool IsNamed)> FilesAt(string path)
    {
        if (!Directory.Exists(path))
            return [(path, true)];
        var files = Directory.GetFiles(path, "*.json");
        Array.Sort(files, StringComparer.Ordinal);
        return files.Select(file => (file, false));
    }

    private static string ReadInput(string argument) => argument == "-" ? Console.In.ReadToEnd() : argument;

    // GetString throws InvalidOperationException for escaped lone surrogates.
    private static bool IsInputError(Exception error) =>
        error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NotSupportedException or ArgumentException;

    private static int Fail(ParseResult result, string message)
    {
        result.InvocationConfiguration.Error.WriteLine(message.ReplaceLineEndings(" "));
        return 1;
    }
}
