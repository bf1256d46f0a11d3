// Silo and gateway in one process: the whole server for one machine.
using Aetheris.Gateway;
using Aetheris.Hosting;
using Aetheris.Silo;
using Aetheris.Standalone;

if (GoldenRecording.IsRequested)
    return GoldenRecording.Run();

return await AetherisHost.RunAsync(
    ProcessRole.Standalone,
    args,
    builder =>
    {
        builder.AddEmbeddedStore();
        builder.AddAetherisSilo();
        builder.AddAetherisGateway();
    },
    app => app.MapAetherisGateway());
