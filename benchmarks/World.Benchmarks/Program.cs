// Runs the benchmarks of the world; `--help` lists the options, `--quick` takes a minute instead of ten.
using Aetheris.World.Benchmarks;
using BenchmarkDotNet.Running;

var arguments = args.SelectMany(argument => string.Equals(argument, "--quick", StringComparison.Ordinal) ? ["--job", "short"] : new[] { argument });
return BenchmarkSwitcher.FromAssembly(typeof(Battlefield).Assembly).Run([.. arguments]).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
