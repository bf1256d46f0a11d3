// Codec 2 at the gateway: `-- figures` prints the table of benchmarks/replicator.md, anything else goes to BenchmarkDotNet.
using Aetheris.Gateway.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["figures"])
    Figures.Print();
else
    BenchmarkSwitcher.FromAssembly(typeof(ReplicatorBenchmarks).Assembly).Run(args);
