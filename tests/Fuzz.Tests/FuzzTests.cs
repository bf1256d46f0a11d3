// A million hostile inputs over everything that reads bytes from outside.
using System.Diagnostics;
using System.Globalization;
using CsCheck;

namespace Aetheris.Fuzz.Tests;

/// <summary>
/// <c>AETHERIS_FUZZ_CASES</c> is the number of cases of all targets together, by default CI's million; <c>AETHERIS_FUZZ_SEED</c> begins
/// elsewhere. A finding names its number and its bytes: they go into the corpus as a crash.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const long DefaultCases = 1_000_000;
    private const long MostGrowth = 4L * 1024 * 1024;

    private static readonly Func<FuzzTarget>[] All =
    [
        static () => new Targets.UdpBeforeTarget(), static () => new Targets.UdpAfterTarget(), static () => new Targets.UdpInsideTarget(),
        static () => new Targets.LinkTarget(), static () => new Targets.ConnectionTarget(), static () => new Targets.Codec1Target(),
        static () => new Targets.Codec2Target(), static () => new Targets.ConnectTokenTarget(), static () => new Targets.WebSocketTarget(),
        static () => new Targets.HttpBodyTarget(), static () => new Targets.FrameTarget(), static () => new Targets.SnapshotTarget(),
        static () => new Targets.ReplicaTarget(),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, All.Length)];

    private static bool IsRecording => Environment.GetEnvironmentVariable("AETHERIS_FUZZ_RECORD") == "1";

    [Theory, MemberData(nameof(Numbers))]
    public void Hostile_bytes_escape_as_no_exception_and_leave_no_memory_behind(int number)
    {
        var target = All[number]();
        if (IsRecording)
            Corpus.Record(target);
        var seeds = Corpus.Seeds(target);
        Assert.True(seeds.Count > 0, $"{target.Name} has no seeds in the corpus");
        foreach (var crash in Corpus.Crashes(target))
            target.Try(crash.ToArray());

        var cases = Math.Max(100, Setting("AETHERIS_FUZZ_CASES", DefaultCases) * target.Share / 1000);
        var mutator = new Mutator(seeds);
        var start = (ulong)Setting("AETHERIS_FUZZ_SEED", 1) << 32;
        var warmUp = Math.Max(cases / 10, target.LeastWarmUp);
        Run(target, mutator, start, 0, warmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        Run(target, mutator, start, warmUp, warmUp + cases);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        target.Check();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {cases} cases, {elapsed.TotalSeconds:0.00} s, {elapsed.TotalMicroseconds / cases:0.0} us each, memory {growth / 1024} KiB"));
        Assert.True(growth < MostGrowth, $"{target.Name}: memory grew by {growth} bytes");
        GC.KeepAlive(target);
    }

    [Fact]
    public void The_shares_make_a_whole()
    {
        Assert.Equal(1000, All.Sum(target => target().Share));
    }

    [Fact]
    public void A_case_is_a_function_of_its_number()
    {
        List<byte[]> seeds = [[1, 2, 3, 4, 5, 6, 7, 8], [9, 9, 9, 9]];
        Gen.ULong.Sample(number => new Mutator(seeds).Create(number).SequenceEqual(new Mutator(seeds).Create(number)), threads: 1);
    }

    private static void Run(FuzzTarget target, Mutator mutator, ulong start, long from, long to)
    {
        for (var i = from; i < to; i++)
        {
            try
            {
                target.Try(mutator.Create(start + (ulong)i));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"{target.Name}, case {start + (ulong)i}: {Convert.ToHexStringLower(mutator.Create(start + (ulong)i))}", exception);
            }
        }
    }

    private static long Setting(string variable, long otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
