// `-- figures` prints the table of benchmarks/replicator.md, `-- seal` that of ADR 0060, anything else goes to BenchmarkDotNet.
using Aetheris.Gateway.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["figures"])
    Figures.Print();
else if (args is ["seal"])
    SealFigures.Print();
else
    BenchmarkSwitcher.FromAssembly(typeof(ReplicatorBenchmarks).Assembly).Run(args);
