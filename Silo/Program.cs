// The cluster member: hosts rooms, serves health and metrics.
using Aetheris.Hosting;
using Aetheris.Silo;

return await AetherisHost.RunAsync(ProcessRole.Silo, args, builder => builder.AddAetherisSilo());
