// The seeds and crashes in the repository.
using System.Runtime.CompilerServices;

namespace Aetheris.Fuzz.Tests;

/// <summary>
/// <c>corpus/TARGET/seed-*.bin</c> are what cases are made of; <c>corpus/TARGET/crash-*.bin</c> once crashed and are tried in every run.
/// <c>AETHERIS_FUZZ_RECORD=1</c> writes the seeds anew.
/// </summary>
internal static class Corpus
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "corpus");

    public static List<byte[]> Seeds(FuzzTarget target) => Read(target, "seed-*.bin");

    public static List<byte[]> Crashes(FuzzTarget target) => Read(target, "crash-*.bin");

    public static void Record(FuzzTarget target, [CallerFilePath] string here = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "corpus", target.Name);
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder, "seed-*.bin"))
            File.Delete(old);
        var number = 0;
        foreach (var example in target.Examples())
            File.WriteAllBytes(Path.Combine(folder, $"seed-{number++:00}.bin"), example);
    }

    private static List<byte[]> Read(FuzzTarget target, string pattern)
    {
        var folder = Path.Combine(Folder, target.Name);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)] : [];
    }
}
