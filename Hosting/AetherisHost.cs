// The shell of the three executables: configuration, start, ready line, readable errors, graceful stop.
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Help;
using Aetheris.Hosting.Operations;
using Aetheris.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Hosting;

/// <summary>Runs one executable from its arguments to its exit code.</summary>
public static class AetherisHost
{
    // A silo moves its rooms away first; whoever started the process may count on 15 s.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(13);

    // A silo whose store is away waits for it a minute per part, whatever the host asks of it.
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1.5);

    private const int ExitCodeOfForcedEnd = 3;

    /// <summary>Runs until SIGTERM, SIGINT or a failure.</summary>
    /// <param name="role">Which executable this is.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="compose">Adds the executable's services. Hosted services start in this order, stop in reverse, and HTTP listens last.</param>
    /// <param name="map">Adds the executable's routes; <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> are there already.</param>
    /// <returns>0 after a graceful stop or <c>--help</c>, 1 after an error, which is on stderr.</returns>
    public static async Task<int> RunAsync(ProcessRole role, string[] args, Action<WebApplicationBuilder> compose, Action<WebApplication>? map = null)
    {
        var arguments = ProcessArguments.Parse(args);
        if (arguments.Help)
        {
            await Console.Out.WriteAsync(HelpText.For(role));
            return 0;
        }

        var gate = new StartupGate(arguments.Verbose);
        WebApplication? app = null;
        try
        {
            app = Build(role, arguments, gate, compose, map);
            return await StartAndWaitAsync(app, role, gate);
        }
        catch (Exception exception)
        {
            foreach (var line in StartupErrors.Explain(exception, role))
                await Console.Error.WriteLineAsync("error: " + line);
            if (arguments.Verbose)
                await Console.Error.WriteLineAsync(exception.ToString());
            return 1;
        }
        finally
        {
            if (app is not null)
                await DisposeAsync(app);
        }
    }

    /// <summary>An executable's application without the shell, for tests that look inside.</summary>
    /// <param name="role">Which executable.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="compose">Adds its services.</param>
    /// <param name="map">Adds its routes.</param>
    public static WebApplication Create(ProcessRole role, string[] args, Action<WebApplicationBuilder> compose, Action<WebApplication>? map = null) =>
        Build(role, ProcessArguments.Parse(args), new StartupGate(verbose: true), compose, map);

    private static WebApplication Build(
        ProcessRole role, ProcessArguments arguments, StartupGate gate, Action<WebApplicationBuilder> compose, Action<WebApplication>? map)
    {
        // Beside the binary, not the working directory: a process finds its files wherever it is started from.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = arguments.Configuration,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        AddDefaults(builder.Configuration, role);
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = StopTimeout;
            // A gateway that waits for its first silo answers /healthz meanwhile; the parts of a silo need the order.
            host.ServicesStartConcurrently = role == ProcessRole.Gateway;
        });
        builder.Services.AddSingleton(gate);
        builder.Services.AddSingleton<ReadyLine>();
        builder.Logging.AddAetherisConsole();
        builder.ConfigureAetherisHttp(role);
        builder.AddAetherisOperations(role);
        ClusterOptions.Read(builder.Configuration).ThrowIfUnfitFor(role);

        compose(builder);

        var app = builder.Build();
        // Every wrong value is named at once, before anything that needs one of them is made.
        app.Services.GetService<IStartupValidator>()?.Validate();
        UnknownKeys.Warn(builder.Configuration, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Aetheris.Hosting.Configuration"));
        app.MapAetherisOperations();
        map?.Invoke(app);
        return app;
    }

    private static async Task<int> StartAndWaitAsync(WebApplication app, ProcessRole role, StartupGate gate)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.StartAsync(stopping);
            await app.Services.GetRequiredService<ClusterProbe>().WaitUntilAnsweringAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }

        gate.Open();
        stopping.Register(() => _ = EndLateAsync(app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + LastPatience));
        await Console.Out.WriteLineAsync(app.Services.GetRequiredService<ReadyLine>().Format(role, app));
        await Console.Out.FlushAsync(CancellationToken.None);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return Environment.ExitCode == 0 && HasFailed(app) ? 1 : Environment.ExitCode;
    }

    // The host stops when one of its services fails, and takes that for a graceful end.
    private static bool HasFailed(WebApplication app)
    {
        foreach (var service in app.Services.GetServices<IHostedService>())
        {
            if (service is BackgroundService { ExecuteTask.IsFaulted: true })
                return true;
        }

        return false;
    }

    private static async Task EndLateAsync(TimeSpan bound)
    {
        await Task.Delay(bound);
        await Console.Error.WriteLineAsync($"error: not everything ended within {bound.TotalSeconds} s; the process ends without it");
        Environment.Exit(ExitCodeOfForcedEnd);
    }

    // After a failed start parts are disposed of in any state: one that never finishes must not keep the process.
    private static async Task DisposeAsync(WebApplication app)
    {
        try
        {
            await app.DisposeAsync().AsTask().WaitAsync(StopTimeout);
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync($"error: not everything ended within {StopTimeout.TotalSeconds} s");
        }
    }

    // Below every other source: the file, the environment and the command line override these.
    private static void AddDefaults(ConfigurationManager configuration, ProcessRole role)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{ClusterOptions.Section}:{nameof(ClusterOptions.Mode)}"] =
                role == ProcessRole.Standalone ? nameof(ClusterMode.Memory) : nameof(ClusterMode.Localhost),
            ["Logging:LogLevel:Default"] = nameof(LogLevel.Warning),
            ["Logging:LogLevel:Aetheris"] = nameof(LogLevel.Information),
            // Orchestrators ask every few seconds: the answer says what is wrong, the log need not repeat it.
            ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = nameof(LogLevel.None),
            // Retries inside the silo: when they come to nothing, the silo says so itself.
            ["Logging:LogLevel:Polly"] = nameof(LogLevel.None),
            // A line per retry while no silo answers, and per command batch for a room whose silo just died: /readyz and the room links
            // say it once.
            ["Logging:LogLevel:Orleans.Messaging"] = nameof(LogLevel.Critical),
            ["Logging:LogLevel:Orleans.Runtime.CallbackData"] = nameof(LogLevel.Error),
            ["Logging:LogLevel:Orleans.Runtime.GrainCallCancellationManager"] = nameof(LogLevel.Critical),
            ["Logging:LogLevel:Orleans.Runtime.Messaging"] = nameof(LogLevel.Error),
            // A line per write while storage is away: the store's watch and the rooms say so once.
            ["Logging:LogLevel:Orleans.Persistence"] = nameof(LogLevel.Critical),
            ["Logging:LogLevel:Orleans.Storage"] = nameof(LogLevel.Critical),
            // A dozen lines after every pause of the process.
            ["Logging:LogLevel:Orleans.Runtime.AsyncTimer"] = nameof(LogLevel.Error),
            // Every refused request would be a line: refusals are counted in aetheris_auth_failures_total.
            ["Logging:LogLevel:Aetheris.Gateway.Http.AccessTokenHandler"] = nameof(LogLevel.Warning),
            // Reports scheduling delays of a second as a warning each time; rooms measure their own deadlines.
            ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = nameof(LogLevel.Error),
        };
        configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults });
    }
}
