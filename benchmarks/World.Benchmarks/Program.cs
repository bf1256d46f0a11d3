// Runs the benchmarks of the world; `--help` lists the options, `--quick` takes a minute or two instead of ten, `allocations` counts bytes.
using Aetheris.World.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["allocations"])
    return AllocationTrace.Run();

// In this process: the project that the runner would generate for another one inherits this repository's build settings.
var quick = args.Contains("--quick", StringComparer.Ordinal);
var job = (quick ? Job.ShortRun : Job.Default).WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(10), logOutput: true));
var rest = args.Where(argument => !string.Equals(argument, "--quick", StringComparison.Ordinal)).ToArray();
BenchmarkSwitcher.FromAssembly(typeof(Battlefield).Assembly).Run(rest, DefaultConfig.Instance.AddJob(job));
return 0;
