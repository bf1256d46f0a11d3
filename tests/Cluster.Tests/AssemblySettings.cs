// One test at a time: each starts several processes and looks at their timing.
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]
